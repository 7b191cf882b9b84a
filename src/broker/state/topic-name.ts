const longestName = 249;
const allowed = /^[a-zA-Z0-9._-]+$/;

/** True for names that Kafka takes (org.apache.kafka.common.internals.Topic); anything else is answered with 17. */
export function isValidTopicName(name: string): boolean {
  return name !== '.' && name !== '..' && name.length <= longestName && allowed.test(name);
}

/** Kafka names metrics with dots replaced, so `a.b` and `a_b` cannot both exist (Topic.hasCollision). */
export function topicNamesCollide(one: string, other: string): boolean {
  return one !== other && one.replaceAll('.', '_') === other.replaceAll('.', '_');
}
