export function takeLock(
  folder: string,
): Promise<{ release: () => void; heldBy?: undefined } | { heldBy: number; release?: undefined }>;
export function livingHolders(folder: string): number[];
