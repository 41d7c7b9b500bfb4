-- Every text a letter was ever rendered from or is proposed to be: under the SHA-256 of all that goes into it, so that
-- what was approved can be rendered again for ever, whatever the files and the product say by then.
CREATE TABLE "LetterText" (
  "version" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "LetterText_pkey" PRIMARY KEY ("version"),
  CONSTRAINT "LetterText_is_its_version" CHECK ("version" = hex_sha256("content"))
);

-- A fact: what an admin proposes a letter to say in each language.
CREATE TABLE "LetterTextChange" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "template" TEXT NOT NULL,
  "en" TEXT NOT NULL,
  "fr" TEXT NOT NULL,
  "es" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "personId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "LetterTextChange_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "LetterTextChange_en_fkey" FOREIGN KEY ("en") REFERENCES "LetterText"("version"),
  CONSTRAINT "LetterTextChange_fr_fkey" FOREIGN KEY ("fr") REFERENCES "LetterText"("version"),
  CONSTRAINT "LetterTextChange_es_fkey" FOREIGN KEY ("es") REFERENCES "LetterText"("version")
);
CREATE UNIQUE INDEX "LetterTextChange_caseId_number_key" ON "LetterTextChange"("caseId", "number");
CREATE INDEX "LetterTextChange_template_idx" ON "LetterTextChange"("template");

CREATE TRIGGER text_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "LetterText" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER wording_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "LetterTextChange" EXECUTE FUNCTION refuse_change();

-- What is in force is asked for each time something is written.
CREATE INDEX "Approval_letter_texts_idx" ON "Approval" ((summary->>'template'), "closedAt" DESC)
  WHERE subject = 'letterText' AND state = 'approved';
