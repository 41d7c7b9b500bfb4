CREATE TABLE "Person" (
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "actsFor" TEXT,
  "language" TEXT NOT NULL,
  "timeZone" TEXT NOT NULL,
  "certainty" TEXT NOT NULL,
  "leftAt" TIMESTAMPTZ(3),
  CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Contact" (
  "id" UUID NOT NULL,
  "stateParty" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "certainty" TEXT NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Case" (
  "id" TEXT NOT NULL,
  "treaty" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "caseType" TEXT NOT NULL,
  "stateParty" TEXT,
  "kind" TEXT,
  "input" JSONB NOT NULL,
  "openedAt" TIMESTAMPTZ(3) NOT NULL,
  "dueAt" TIMESTAMPTZ(3),
  "waitingFor" TEXT NOT NULL,
  "waitingSince" TIMESTAMPTZ(3) NOT NULL,
  "outcome" TEXT,
  "outcomeWhy" TEXT,
  "closedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "CaseStep" (
  "caseId" TEXT NOT NULL,
  "step" TEXT NOT NULL,
  "standing" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CaseStep_pkey" PRIMARY KEY ("caseId", "step")
);

CREATE TABLE "Approval" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "contentHash" TEXT NOT NULL,
  "rule" TEXT NOT NULL,
  "askedById" UUID,
  "summary" JSONB NOT NULL,
  "openedAt" TIMESTAMPTZ(3) NOT NULL,
  "dueAt" TIMESTAMPTZ(3) NOT NULL,
  "lapsesAt" TIMESTAMPTZ(3) NOT NULL,
  "holdMinutes" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "closedAt" TIMESTAMPTZ(3),
  "answersChangeId" UUID,
  "keptChangeId" UUID,
  "setAsideAt" TIMESTAMPTZ(3),
  CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ApprovalSlot" (
  "approvalId" UUID NOT NULL,
  "personId" UUID NOT NULL,
  CONSTRAINT "ApprovalSlot_pkey" PRIMARY KEY ("approvalId", "personId")
);

CREATE TABLE "ApprovalItem" (
  "approvalId" UUID NOT NULL,
  "hash" TEXT NOT NULL,
  "caseId" TEXT NOT NULL,
  "stateParty" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "occurrence" INTEGER NOT NULL,
  "contactId" UUID NOT NULL,
  "recipient" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "template" TEXT NOT NULL,
  "templateVersion" TEXT NOT NULL,
  "values" JSONB NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "plannedAt" TIMESTAMPTZ(3),
  CONSTRAINT "ApprovalItem_pkey" PRIMARY KEY ("approvalId", "hash")
);

CREATE TABLE "Decision" (
  "id" UUID NOT NULL,
  "approvalId" UUID NOT NULL,
  "personId" UUID NOT NULL,
  "revision" INTEGER NOT NULL,
  "choice" TEXT NOT NULL,
  "comment" TEXT NOT NULL,
  "contentHash" TEXT NOT NULL,
  "door" TEXT NOT NULL,
  "linkSelector" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Link" (
  "selector" TEXT NOT NULL,
  "secretHash" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "personId" UUID,
  "approvalId" UUID,
  "caseId" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Link_pkey" PRIMARY KEY ("selector")
);

CREATE TABLE "Letter" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "step" TEXT NOT NULL,
  "recipient" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "occurrence" INTEGER NOT NULL,
  "class" TEXT NOT NULL,
  "approvalId" UUID,
  "contentHash" TEXT NOT NULL,
  "personId" UUID,
  "language" TEXT NOT NULL,
  "templateVersion" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "envelopeFrom" TEXT NOT NULL,
  "messageId" TEXT NOT NULL,
  "mime" BYTEA NOT NULL,
  "mimeSha256" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "claimedAt" TIMESTAMPTZ(3),
  "endedAt" TIMESTAMPTZ(3),
  "response" TEXT,
  "replacedById" UUID,
  CONSTRAINT "Letter_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SendAttempt" (
  "id" BIGSERIAL NOT NULL,
  "letterId" UUID NOT NULL,
  "attempt" INTEGER NOT NULL,
  "event" TEXT NOT NULL,
  "detail" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "SendAttempt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Document" (
  "sha256" TEXT NOT NULL,
  "bytes" BYTEA NOT NULL,
  "mediaType" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Document_pkey" PRIMARY KEY ("sha256")
);

CREATE TABLE "Submission" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "documentId" TEXT NOT NULL,
  "fileName" TEXT NOT NULL,
  "door" TEXT NOT NULL,
  "personId" UUID,
  "linkSelector" TEXT,
  "note" TEXT NOT NULL,
  "receivedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "InboundMail" (
  "id" UUID NOT NULL,
  "mailbox" TEXT NOT NULL,
  "uid" BIGINT NOT NULL,
  "messageId" TEXT,
  "caseId" TEXT,
  "sender" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "documentId" TEXT NOT NULL,
  "files" JSONB NOT NULL,
  "receivedAt" TIMESTAMPTZ(3) NOT NULL,
  "trayWhy" TEXT,
  "filedAt" TIMESTAMPTZ(3),
  CONSTRAINT "InboundMail_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Task" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  "about" JSONB NOT NULL,
  "answers" TEXT[],
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "doneAt" TIMESTAMPTZ(3),
  CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "TaskAnswer" (
  "id" UUID NOT NULL,
  "taskId" UUID NOT NULL,
  "personId" UUID NOT NULL,
  "answer" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "TaskAnswer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "DateChange" (
  "id" UUID NOT NULL,
  "caseId" TEXT NOT NULL,
  "deadlineOn" TEXT NOT NULL,
  "meetingOn" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "personId" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DateChange_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "TimelineEntry" (
  "seq" BIGSERIAL NOT NULL,
  "caseId" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "actor" TEXT NOT NULL,
  "door" TEXT NOT NULL,
  "act" TEXT NOT NULL,
  "detail" JSONB NOT NULL,
  "contentHash" TEXT,
  "previousHash" TEXT NOT NULL DEFAULT '',
  "hash" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "TimelineEntry_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "Outbox" (
  "id" UUID NOT NULL,
  "workflowId" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "payload" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deliveredAt" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "lastError" TEXT,
  CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Session" (
  "tokenHash" TEXT NOT NULL,
  "personId" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

CREATE TABLE "InboxCursor" (
  "mailbox" TEXT NOT NULL,
  "uid" BIGINT NOT NULL,
  CONSTRAINT "InboxCursor_pkey" PRIMARY KEY ("mailbox")
);

CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");
CREATE INDEX "Contact_stateParty_idx" ON "Contact"("stateParty");
CREATE INDEX "Case_treaty_year_caseType_idx" ON "Case"("treaty", "year", "caseType");
CREATE UNIQUE INDEX "Approval_caseId_subject_version_key" ON "Approval"("caseId", "subject", "version");
CREATE INDEX "ApprovalItem_approvalId_caseId_purpose_occurrence_idx" ON "ApprovalItem"("approvalId", "caseId", "purpose", "occurrence");
CREATE INDEX "ApprovalItem_approvalId_plannedAt_idx" ON "ApprovalItem"("approvalId", "plannedAt");
CREATE UNIQUE INDEX "Decision_approvalId_personId_revision_key" ON "Decision"("approvalId", "personId", "revision");
CREATE INDEX "Link_approvalId_personId_idx" ON "Link"("approvalId", "personId");
CREATE INDEX "Link_caseId_idx" ON "Link"("caseId");
CREATE UNIQUE INDEX "Letter_messageId_key" ON "Letter"("messageId");
-- A letter that a newer version of its plan replaced before it was handed over leaves its place to the new one.
CREATE UNIQUE INDEX "Letter_caseId_step_recipient_purpose_occurrence_key" ON "Letter"("caseId", "step", "recipient", "purpose", "occurrence") WHERE "replacedById" IS NULL;
CREATE INDEX "Letter_state_idx" ON "Letter"("state");
CREATE INDEX "SendAttempt_letterId_idx" ON "SendAttempt"("letterId");
CREATE UNIQUE INDEX "Submission_caseId_version_key" ON "Submission"("caseId", "version");
CREATE UNIQUE INDEX "InboundMail_mailbox_uid_key" ON "InboundMail"("mailbox", "uid");
CREATE INDEX "InboundMail_documentId_idx" ON "InboundMail"("documentId");
CREATE INDEX "Task_doneAt_idx" ON "Task"("doneAt");
CREATE INDEX "Task_caseId_idx" ON "Task"("caseId");
CREATE INDEX "InboundMail_caseId_idx" ON "InboundMail"("caseId");
CREATE UNIQUE INDEX "TaskAnswer_taskId_key" ON "TaskAnswer"("taskId");
CREATE INDEX "TimelineEntry_caseId_idx" ON "TimelineEntry"("caseId");
CREATE INDEX "Outbox_deliveredAt_dueAt_idx" ON "Outbox"("deliveredAt", "dueAt");

ALTER TABLE "CaseStep" ADD CONSTRAINT "CaseStep_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ApprovalSlot" ADD CONSTRAINT "ApprovalSlot_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "Approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ApprovalSlot" ADD CONSTRAINT "ApprovalSlot_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ApprovalItem" ADD CONSTRAINT "ApprovalItem_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "Approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "Approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Link" ADD CONSTRAINT "Link_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "Approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Letter" ADD CONSTRAINT "Letter_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Letter" ADD CONSTRAINT "Letter_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "Approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SendAttempt" ADD CONSTRAINT "SendAttempt_letterId_fkey" FOREIGN KEY ("letterId") REFERENCES "Letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboundMail" ADD CONSTRAINT "InboundMail_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Task" ADD CONSTRAINT "Task_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TaskAnswer" ADD CONSTRAINT "TaskAnswer_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must never happen is refused here, whatever the code above it does.

-- Facts are never changed and never removed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER decision_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "Decision" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "Submission" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "TaskAnswer" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempt_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "SendAttempt" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "TimelineEntry" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "Document" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "ApprovalItem" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER change_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "DateChange" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mail_is_kept BEFORE DELETE OR TRUNCATE ON "InboundMail" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_is_kept BEFORE DELETE OR TRUNCATE ON "Letter" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_is_kept BEFORE DELETE OR TRUNCATE ON "Approval" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER slot_is_kept BEFORE DELETE OR TRUNCATE ON "ApprovalSlot" EXECUTE FUNCTION refuse_change();

-- What has a life begins it at the beginning: nothing is born approved, or sent.
CREATE FUNCTION refuse_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a new % is %, and nothing has happened to it', TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER approval_is_new BEFORE INSERT ON "Approval" FOR EACH ROW
  WHEN (NEW.state <> 'open' OR NEW."closedAt" IS NOT NULL OR NEW."setAsideAt" IS NOT NULL)
  EXECUTE FUNCTION refuse_birth('open');
CREATE TRIGGER letter_is_new BEFORE INSERT ON "Letter" FOR EACH ROW
  WHEN (NEW.state <> 'queued' OR NEW.attempt <> 0 OR NEW."claimedAt" IS NOT NULL OR NEW."endedAt" IS NOT NULL
    OR NEW."replacedById" IS NOT NULL)
  EXECUTE FUNCTION refuse_birth('queued');

-- The timeline is a chain: each entry's hash covers the one before. The lock keeps the order; it is taken by the last
-- statement of every transaction, so that it is held for a moment only.
CREATE FUNCTION timeline_body(entry "TimelineEntry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(E'\n', coalesce(entry."caseId", ''),
    to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), entry.actor, entry.door, entry.act,
    coalesce(entry."contentHash", ''), entry.detail::text)
$$;

CREATE FUNCTION hex_sha256(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;

-- The hash of the entry before, a line break, the hash of what this one says: whoever holds only the hashes of what
-- others were told can still follow the chain past them (docs/how-to/check-the-evidence.md).
CREATE FUNCTION timeline_digest(entry "TimelineEntry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT hex_sha256(entry."previousHash" || E'\n' || hex_sha256(timeline_body(entry)))
$$;

CREATE FUNCTION chain_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7001);
  SELECT hash INTO NEW."previousHash" FROM "TimelineEntry" ORDER BY seq DESC LIMIT 1;
  NEW."previousHash" := coalesce(NEW."previousHash", '');
  NEW.seq := nextval(pg_get_serial_sequence('"TimelineEntry"', 'seq'));
  NEW.hash := timeline_digest(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER timeline_is_chained BEFORE INSERT ON "TimelineEntry" FOR EACH ROW EXECUTE FUNCTION chain_timeline();

-- What is asked, and of whom, is complete before anybody answers. The lock waits for whoever is deciding; only then is
-- there a look at what they did.
CREATE FUNCTION guard_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  late uuid;
BEGIN
  PERFORM FROM "Approval" WHERE id IN (SELECT "approvalId" FROM added) ORDER BY id FOR NO KEY UPDATE;
  SELECT a.id INTO late FROM "Approval" a WHERE a.id IN (SELECT "approvalId" FROM added)
    AND (a.state <> 'open' OR EXISTS (SELECT FROM "Decision" d WHERE d."approvalId" = a.id)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'approval % has been answered: no % is added to it', late, TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_is_in_time AFTER INSERT ON "ApprovalItem" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_question();
CREATE TRIGGER slot_is_in_time AFTER INSERT ON "ApprovalSlot" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_question();

-- Somebody else may be asked in a person's place while the approval is open.
CREATE FUNCTION guard_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "Approval" WHERE id = OLD."approvalId" AND state = 'open' FOR NO KEY UPDATE;
  IF NOT FOUND OR NEW."approvalId" <> OLD."approvalId" THEN
    RAISE EXCEPTION 'who decides approval % does not change', OLD."approvalId"
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER slot_is_guarded BEFORE UPDATE ON "ApprovalSlot" FOR EACH ROW EXECUTE FUNCTION guard_slot();

-- A decision is given by somebody who is asked and did not ask, for exactly what is asked, while that is open; and each
-- follows the one before.
CREATE FUNCTION guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  wrong text;
BEGIN
  SELECT state, "contentHash", "askedById" INTO asked FROM "Approval" WHERE id = NEW."approvalId" FOR NO KEY UPDATE;
  wrong := CASE
    WHEN asked.state IS DISTINCT FROM 'open' THEN 'it is not open'
    WHEN NEW."contentHash" <> asked."contentHash" THEN 'this is not what it asks'
    WHEN NEW."personId" = asked."askedById" THEN 'who asked does not decide'
    WHEN NOT EXISTS (SELECT FROM "ApprovalSlot" s
      WHERE s."approvalId" = NEW."approvalId" AND s."personId" = NEW."personId") THEN 'this person is not asked'
    WHEN NEW.revision <> 1 AND NOT EXISTS (SELECT FROM "Decision" d WHERE d."approvalId" = NEW."approvalId"
      AND d."personId" = NEW."personId" AND d.revision = NEW.revision - 1) THEN 'this follows no decision before it'
  END;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'no decision on approval %: %', NEW."approvalId", wrong
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decision_is_guarded BEFORE INSERT ON "Decision" FOR EACH ROW EXECUTE FUNCTION guard_decision();

-- Has the approval been given? The last word of each person who is asked counts. One approves at least, and nobody says
-- otherwise; under every rule but `any` nobody is still to be heard. The same as `tally` in domain/approval.ts.
CREATE FUNCTION approval_is_given(approval uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(bool_or(word.choice = 'approve')
    AND bool_and(coalesce(word.choice IN ('approve', 'abstain'), a.rule = 'any')), false)
  FROM "Approval" a
  JOIN "ApprovalSlot" s ON s."approvalId" = a.id
  LEFT JOIN LATERAL (SELECT d.choice FROM "Decision" d
    WHERE d."approvalId" = a.id AND d."personId" = s."personId" ORDER BY d.revision DESC LIMIT 1) word ON true
  WHERE a.id = approval
$$;

-- An approval ends once, at one moment, as given only when it is; and what it is about does not change under it.
CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."contentHash", NEW.version, NEW."caseId", NEW.subject, NEW.title, NEW.summary, NEW.rule, NEW."askedById",
      NEW."holdMinutes") IS DISTINCT FROM
     (OLD."contentHash", OLD.version, OLD."caseId", OLD.subject, OLD.title, OLD.summary, OLD.rule, OLD."askedById",
      OLD."holdMinutes") THEN
    RAISE EXCEPTION 'the content of an approval does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state <> NEW.state AND OLD.state <> 'open' AND NEW.state <> 'superseded' THEN
    RAISE EXCEPTION 'an approval that is % does not become %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."closedAt" IS DISTINCT FROM OLD."closedAt" AND (OLD.state <> 'open' OR NEW.state = 'open') THEN
    RAISE EXCEPTION 'an approval ends at one moment' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT approval_is_given(NEW.id) THEN
    RAISE EXCEPTION 'approval % has not been given', NEW.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_is_guarded BEFORE UPDATE ON "Approval" FOR EACH ROW EXECUTE FUNCTION guard_approval();

-- A letter's bytes are what its hash says, from the first moment to the last; and only a letter to one of our own people
-- is internal, which is the one kind that needs no approval.
CREATE FUNCTION guard_letter_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF encode(sha256(NEW.mime), 'hex') <> NEW."mimeSha256" THEN
    RAISE EXCEPTION 'the bytes of letter % are not those of its hash', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.class = 'internal' AND NOT EXISTS (
    SELECT FROM "Person" p WHERE p.id = NEW."personId" AND p.email = NEW.recipient) THEN
    RAISE EXCEPTION 'letter % is to none of our own people and needs an approval', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_bytes_match BEFORE INSERT ON "Letter" FOR EACH ROW EXECUTE FUNCTION guard_letter_bytes();

-- What was approved waits from the moment at which a date it rests on has moved until a newer version is approved or a
-- person sets the question aside; also when the newer version was refused or lapsed. What the newest version says in the
-- very same words goes on leaving.
CREATE FUNCTION is_held_back(approved "Approval", content text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT newest."setAsideAt" IS NULL
      AND NOT EXISTS (SELECT FROM "ApprovalItem" same WHERE same."approvalId" = newest.id AND same.hash = content)
    FROM "Approval" newest WHERE newest."caseId" = approved."caseId" AND newest.subject = approved.subject
      AND newest.version > approved.version
    ORDER BY newest.version DESC LIMIT 1), false)
  OR approved.subject = 'plan' AND EXISTS (
    SELECT FROM "DateChange" moved WHERE moved."caseId" = approved."caseId" AND NOT EXISTS (
      SELECT FROM "Approval" answer
      JOIN "DateChange" answered ON answered.id IN (answer."answersChangeId", answer."keptChangeId")
      WHERE answer."caseId" = approved."caseId" AND answer.subject = approved.subject AND answered.at >= moved.at))
$$;

-- Nothing goes to a government without an approval of exactly that: approved, its hold over, the same content and the
-- same recipient, not before its date, and not held back by a newer question.
CREATE FUNCTION guard_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.mime, NEW."mimeSha256", NEW."contentHash", NEW.recipient, NEW.class, NEW."messageId", NEW."envelopeFrom",
      NEW."caseId", NEW.step, NEW.purpose, NEW.occurrence) IS DISTINCT FROM
     (OLD.mime, OLD."mimeSha256", OLD."contentHash", OLD.recipient, OLD.class, OLD."messageId", OLD."envelopeFrom",
      OLD."caseId", OLD.step, OLD.purpose, OLD.occurrence) THEN
    RAISE EXCEPTION 'a letter does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
    ('queued', 'sending'), ('queued', 'cancelled'), ('sending', 'queued'), ('sending', 'committing'),
    ('sending', 'refused'), ('committing', 'queued'), ('committing', 'sent'), ('committing', 'refused'),
    ('committing', 'unknown'), ('unknown', 'sent'), ('unknown', 'queued'), ('unknown', 'cancelled'),
    ('refused', 'queued'), ('refused', 'cancelled')) THEN
    RAISE EXCEPTION 'a letter that is % does not become %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW."replacedById" IS DISTINCT FROM OLD."replacedById" AND (OLD.state, NEW.state) <> ('queued', 'cancelled') THEN
    RAISE EXCEPTION 'a letter that is % cannot be replaced', OLD.state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'sending' AND NEW.class <> 'internal' AND NOT EXISTS (
    SELECT FROM "Approval" a JOIN "ApprovalItem" i ON i."approvalId" = a.id
    WHERE a.id = NEW."approvalId" AND a.state = 'approved'
      AND a."closedAt" + make_interval(mins => a."holdMinutes") <= NEW."claimedAt"
      AND i.hash = NEW."contentHash" AND i."caseId" = NEW."caseId" AND i.recipient = NEW.recipient
      AND (i."plannedAt" IS NULL OR i."plannedAt" <= NEW."claimedAt")
      AND NOT is_held_back(a, i.hash)) THEN
    RAISE EXCEPTION 'letter % has no approval of exactly this', NEW.id USING ERRCODE = 'FP001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_is_guarded BEFORE UPDATE ON "Letter" FOR EACH ROW EXECUTE FUNCTION guard_letter();

-- Whoever carries facts to the workflows hears of them at once.
CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_is_announced AFTER INSERT ON "Outbox" FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
