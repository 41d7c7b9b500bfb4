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
  "uid" INTEGER NOT NULL,
  "messageId" TEXT,
  "caseId" TEXT,
  "sender" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "documentId" TEXT NOT NULL,
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
  "uid" INTEGER NOT NULL,
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
CREATE UNIQUE INDEX "Letter_caseId_step_recipient_purpose_occurrence_key" ON "Letter"("caseId", "step", "recipient", "purpose", "occurrence");
CREATE INDEX "Letter_state_idx" ON "Letter"("state");
CREATE INDEX "SendAttempt_letterId_idx" ON "SendAttempt"("letterId");
CREATE UNIQUE INDEX "Submission_caseId_version_key" ON "Submission"("caseId", "version");
CREATE UNIQUE INDEX "InboundMail_uid_key" ON "InboundMail"("uid");
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

CREATE TRIGGER decision_is_kept BEFORE UPDATE OR DELETE ON "Decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_is_kept BEFORE UPDATE OR DELETE ON "Submission" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_is_kept BEFORE UPDATE OR DELETE ON "TaskAnswer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attempt_is_kept BEFORE UPDATE OR DELETE ON "SendAttempt" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_is_kept BEFORE UPDATE OR DELETE ON "TimelineEntry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_is_kept BEFORE UPDATE OR DELETE ON "Document" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_is_kept BEFORE UPDATE OR DELETE ON "ApprovalItem" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER change_is_kept BEFORE UPDATE OR DELETE ON "DateChange" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mail_is_kept BEFORE DELETE ON "InboundMail" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER letter_is_kept BEFORE DELETE ON "Letter" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The timeline is a chain: each entry's hash covers the one before. The lock keeps the order; it is taken by the last
-- statement of every transaction, so that it is held for a moment only.
CREATE FUNCTION timeline_digest(entry "TimelineEntry") RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(entry."previousHash", coalesce(entry."caseId", ''),
    extract(epoch FROM entry.at)::numeric(20, 3), entry.actor, entry.door, entry.act, entry.detail,
    coalesce(entry."contentHash", ''))::text, 'UTF8')), 'hex')
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

-- An approval ends once, and what it is about does not change under it.
CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."contentHash", NEW.version, NEW."caseId", NEW.subject, NEW.rule, NEW."holdMinutes")
     IS DISTINCT FROM (OLD."contentHash", OLD.version, OLD."caseId", OLD.subject, OLD.rule, OLD."holdMinutes") THEN
    RAISE EXCEPTION 'the content of an approval does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state <> NEW.state AND OLD.state <> 'open' AND NEW.state <> 'superseded' THEN
    RAISE EXCEPTION 'an approval that is % does not become %', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT EXISTS (
    SELECT FROM "Decision" d WHERE d."approvalId" = NEW.id AND d.choice = 'approve'
      AND d."contentHash" = NEW."contentHash") THEN
    RAISE EXCEPTION 'nobody approved %', NEW.id USING ERRCODE = 'integrity_constraint_violation';
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

-- Nothing goes to a government without an approval of exactly that: approved, its hold over, the same content and the
-- same recipient, not before its date, and not while a newer version that says otherwise is being decided.
CREATE FUNCTION guard_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.mime, NEW."mimeSha256", NEW."contentHash", NEW.recipient, NEW.class, NEW."messageId", NEW."envelopeFrom")
     IS DISTINCT FROM
     (OLD.mime, OLD."mimeSha256", OLD."contentHash", OLD.recipient, OLD.class, OLD."messageId", OLD."envelopeFrom") THEN
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
  IF NEW.state = 'sending' AND NEW.class <> 'internal' AND NOT EXISTS (
    SELECT FROM "Approval" a JOIN "ApprovalItem" i ON i."approvalId" = a.id
    WHERE a.id = NEW."approvalId" AND a.state = 'approved'
      AND a."closedAt" + make_interval(mins => a."holdMinutes") <= NEW."claimedAt"
      AND i.hash = NEW."contentHash" AND i."caseId" = NEW."caseId" AND i.recipient = NEW.recipient
      AND (i."plannedAt" IS NULL OR i."plannedAt" <= NEW."claimedAt")
      AND NOT EXISTS (
        SELECT FROM "Approval" newer WHERE newer."caseId" = a."caseId" AND newer.subject = a.subject
          AND newer.version > a.version AND newer.state = 'open'
          AND NOT EXISTS (SELECT FROM "ApprovalItem" same WHERE same."approvalId" = newer.id AND same.hash = i.hash)
      )) THEN
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
