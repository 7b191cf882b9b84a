import type { RealKafka } from '../harness/kafka.js';
import { kafkaClassPath } from '../harness/kafka-jars.js';
import { runToEnd } from '../harness/processes.js';

/**
 * What Kafka's own ConsumerGroupCommand prints of each partition of each group: `group topic partition committed end lag` and, as
 * far as there is a member, `consumer-id host client-id`; `-` where there is nothing.
 */
export async function describedByTool({
  version,
  bootstrapServers,
}: RealKafka): Promise<readonly (readonly string[])[]> {
  const command = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const options = ['--bootstrap-server', bootstrapServers.join(), '--describe', '--all-groups'];
  const printed = await runToEnd('java', ['-cp', await kafkaClassPath(version), command, ...options]);
  return printed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , partition]) => /^\d+$/.test(partition ?? ''));
}
