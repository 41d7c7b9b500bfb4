/** What a signed-in person may do in the console. Whatever is not listed for a role is refused. */
export type Role = 'coordinator' | 'officer' | 'admin' | 'auditor';

export type Action =
  | 'board.read'
  | 'case.read'
  | 'letter.read'
  | 'document.read'
  | 'calendar.read'
  | 'task.read'
  | 'cycle.read'
  | 'task.answer'
  | 'report.file'
  | 'mail.file'
  | 'clock.move'
  | 'cycle.open'
  | 'cycle.move'
  | 'contacts.import'
  | 'letterText.edit';

const LOOK: readonly Action[] = ['board.read', 'case.read', 'letter.read', 'document.read', 'calendar.read'];
const READ: readonly Action[] = [...LOOK, 'task.read', 'cycle.read'];
const OFFICER: readonly Action[] = [...READ, 'task.answer', 'report.file', 'mail.file', 'clock.move'];

const MAY: Record<Role, readonly Action[]> = {
  coordinator: LOOK,
  auditor: READ,
  officer: OFFICER,
  admin: [...OFFICER, 'cycle.open', 'cycle.move', 'contacts.import', 'letterText.edit'],
};

/** An unknown role may nothing. */
export function can(actor: { role: string }, action: Action): boolean {
  return Object.hasOwn(MAY, actor.role) && MAY[actor.role as Role].includes(action);
}
