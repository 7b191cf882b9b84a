import assert from 'node:assert/strict';
import { makeCases } from '../cluster/lag-cases.js';
import { Side } from '../differential/side.js';
import { startKafka, type RealKafka } from '../harness/kafka.js';
import { kafkaVersions } from '../harness/kafka-jars.js';
import { casesInTree, configureServers } from '../webview/cases-in-tree.js';
import { ClustersView } from '../webview/clusters-view.js';
import { startLab, type LabVsCode } from '../webview/lab-window.js';

for (const version of kafkaVersions)
  describe(`the rows of the view Clusters, on Apache Kafka ${version}`, () => {
    let kafka: RealKafka;
    let node: Side;
    let endCases: (() => Promise<void>) | undefined;
    let vscode: LabVsCode;
    let view: ClustersView;

    before(async () => {
      kafka = await startKafka({ version });
      const [address] = kafka.addresses;
      assert.ok(address);
      node = new Side(`Apache Kafka ${version}`, address);
      endCases = await makeCases(kafka.bootstrapServers, node);
      vscode = await startLab();
      await configureServers(vscode.workspace, kafka.bootstrapServers);
      view = await ClustersView.open((await vscode.openWindow()).page);
      await view.expand('Cluster Kafka of the settings,');
      await view.expand('Consumer groups');
    });
    after(async () => {
      await vscode.stop();
      await endCases?.();
      await node.close();
      await kafka.stop();
    });

    casesInTree(() => view);
  });
