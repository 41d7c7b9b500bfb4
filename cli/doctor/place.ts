import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { browser, TEMPORAL, TEST_SERVER, temporalCli, temporalTestServer } from '../../embedded/binaries.mjs';
import { defaultFolder, openFolder } from '../../embedded/folder.ts';
import { freePort } from '../../embedded/ports.ts';
import type { Place } from '../doctor.ts';

const GIGABYTE = 1024 ** 3;
/** A year of one treaty takes less than half of it; PostgreSQL stops when a disk is full. */
const ENOUGH_DISK = 2 * GIGABYTE;

export function examineNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`${process.versions.node} is too old: install Node 20.19 or newer`);
  }
  return `${process.versions.node} on ${process.platform} ${process.arch}`;
}

/** Looks at the nearest folder that exists, and makes none. */
export function examineDisk({ env }: Place): string {
  const wanted = defaultFolder(env);
  const nearest = nearestFolder(wanted);
  openFolder(nearest);
  const { bavail, bsize } = statfsSync(nearest);
  const free = `${((bavail * bsize) / GIGABYTE).toFixed(1)} GB free`;
  if (bavail * bsize < ENOUGH_DISK) throw new Error(`only ${free} for ${wanted}: make room, 2 GB at least`);
  return `${wanted} ${nearest === wanted ? 'is usable' : 'can be made'}, ${free}`;
}

function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

/** A taken port is no fault: the product moves up. It is worth knowing, since links in letters hold the web port. */
export async function examinePorts({ isRunning, ports }: Place): Promise<string> {
  const list = Object.entries(ports).map(([name, port]) => `${name} ${port}`);
  if (isRunning) return `in use by the running product: ${list.join(', ')}`;
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    const free = await freePort(port);
    if (free !== port) taken.push(`${port} (${name}) is taken, ${free} would be used`);
  }
  return taken.length > 0 ? taken.join('; ') : `free: ${list.join(', ')}`;
}

export function examineTemporal(): string {
  temporalCli();
  temporalTestServer();
  return [TEMPORAL, TEST_SERVER].map(({ name, version }) => `${name} ${version}`).join(', ');
}

export function examineBrowser(): string {
  try {
    return browser();
  } catch (error) {
    throw new Error(`only the browser tests need one. ${(error as Error).message}`);
  }
}
