-- What an officer should know of a received file before anything else is done with it (domain/file-cautions.ts).
ALTER TABLE "Submission" ADD COLUMN "cautions" TEXT[] DEFAULT ARRAY[]::TEXT[];
