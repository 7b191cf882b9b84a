import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { startProcess, untilItSucceeds, type ServerProcess } from '../harness/processes.js';
import type { Workbench } from '../harness/workbench.js';
import { compareWith, startLab, texts, type LabVsCode } from './lab-window.js';

const leftOpen = 'A transaction stays open, and somebody else writes behind it';

describe('runs on a cluster of one’s own', () => {
  let broker: ServerProcess;
  let server: string;
  let admin: Admin;
  let vscode: LabVsCode;
  let window: Workbench;

  before(async () => {
    broker = startProcess(process.execPath, [path.resolve('dist/cli.js'), 'broker', '--port', '0']);
    server = await untilItSucceeds('The broker tells its address', () => addressOf(broker), {
      timeoutMs: 10_000,
    });
    admin = new Kafka({ brokers: [server], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    vscode = await startLab();
    await configure(vscode.workspace, { 'kafkaLab.broker': 'kafka', 'kafkaLab.bootstrapServers': [server] });
    window = await vscode.openWindow();
  });
  after(async () => {
    await vscode.stop();
    await admin.disconnect();
    await broker.stop();
  });

  it('touch nothing there when the user says no', async () => {
    await window.command('Kafka Lab: Run Scenario…');
    await window.pick(leftOpen);
    const dialog = window.page.locator('.monaco-dialog-box');
    assert.match(await dialog.innerText(), /creates topics, consumer groups and transactional ids/);
    await dialog.locator('.monaco-button', { hasText: 'Cancel' }).click();
    const page = await window.webview('.answer.none');
    assert.deepEqual(await texts(page, 'h1'), [leftOpen]);
    assert.deepEqual(await labTopics(), []);
  });

  it('have their verdict, say where they ran, and leave nothing there', async () => {
    const page = await window.webview('.answer.none');
    await page.locator('vscode-button[data-focus="run"]').click();
    await window.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Use This Cluster' }).click();
    await page.locator('.verdict').waitFor({ timeout: 60_000 });
    assert.match((await texts(page, '.standing')).join(), /✓ ?as expected.*Kafka at 127\.0\.0\.1:\d+ · /);
    await page.locator('vscode-button[data-focus="run"]:not([disabled])').waitFor();
    assert.deepEqual(await labTopics(), []);
  });

  it('leave nothing there either when the window is closed in the middle', async () => {
    const page = await window.webview('.verdict');
    await page.locator('vscode-button[data-focus="run"]').click();
    await untilItSucceeds('The run has topics', async () => assert.notDeepEqual(await labTopics(), []), {
      timeoutMs: 10_000,
      everyMs: 20,
    });
    await window.reload();
    await untilItSucceeds('The topics are gone', async () => assert.deepEqual(await labTopics(), []), {
      timeoutMs: 15_000,
    });
    await window.webview('.answer', 60_000);
  });

  it('are cleaned up after on demand, when a killed process left something there', async () => {
    const left = 'lab.producer.at-least-once.response-lost.0badc0de.fault.output';
    await admin.createTopics({
      topics: [
        { topic: left, numPartitions: 1 },
        { topic: 'orders', numPartitions: 1 },
      ],
    });
    await window.command('Kafka Lab: Remove What Earlier Runs Left Behind…');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Remove what is left on [\s\S]*0badc0de\.fault\.output/);
    await dialog.locator('.monaco-button', { hasText: 'Remove' }).click();
    await untilItSucceeds('The topic is gone', async () => assert.deepEqual(await labTopics(), []), {
      timeoutMs: 10_000,
    });
    assert.ok((await admin.listTopics()).includes('orders'));
  });

  it('stand beside the same run on the embedded broker, also after a reload', async () => {
    let page = await window.webview('.answer');
    await runUntil(page, 'Kafka at');
    await configure(vscode.workspace, { 'kafkaLab.broker': 'embedded' });
    await runUntil(page, 'Embedded broker');
    await compareWith(page, `the same on ${server}`);
    await page.locator('.aligned tbody tr.same').first().waitFor();
    const before = await texts(page, '.aligned tr');
    // On one side alone: what the embedded broker tells of its appends and markers, and that a cluster is warmed up first.
    const differing = await texts(page, '.aligned tr.changed, .aligned tr.only-right');
    assert.deepEqual(differing, ['▸ only there the lab has warmed the cluster up']);
    // A key, or that the focus leaves, chooses nothing else.
    await window.page.keyboard.press('Escape');
    await window.reload();
    page = await window.webview('.aligned', 60_000);
    assert.deepEqual(await texts(page, '.aligned tr'), before);
  });

  async function labTopics(): Promise<readonly string[]> {
    return (await admin.listTopics()).filter((topic) => topic.startsWith('lab.'));
  }
});

/** The editor takes a moment to notice changed settings: until then runs go where they went before. */
async function runUntil(page: Frame, where: string): Promise<void> {
  const attempt = async () => {
    await page.locator('vscode-button[data-focus="run"]:not([disabled])', { hasText: /^Run/ }).click();
    await page.locator('.standing', { hasText: where }).waitFor({ timeout: 10_000 });
  };
  await untilItSucceeds(`A run on ${where}`, attempt, { timeoutMs: 40_000 });
}

function addressOf(broker: ServerProcess): Promise<string> {
  const [, address] = /bootstrap\.servers=(\S+)/.exec(broker.lastOutput()) ?? [];
  return address === undefined ? Promise.reject(new Error(broker.lastOutput())) : Promise.resolve(address);
}

async function configure(workspace: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(path.join(workspace, '.vscode'), { recursive: true });
  await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
}
