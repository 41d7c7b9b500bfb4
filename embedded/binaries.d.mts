export type Program = {
  name: string;
  version: string;
  variable: string;
  wheel: string;
  page: string;
  archive: (platform: { os: string; cpu: string }) => string;
  sha256: Record<string, string>;
};
export const PLATFORM: string;
export const TEMPORAL: Program;
export const TEST_SERVER: Program;
export function temporalCli(): string;
export function temporalTestServer(): string;
export function browser(): string;
export function find(program: Program): string | null;
export function keptPath(program: Program): string;
