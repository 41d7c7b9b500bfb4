/** The case types by the names they are started under. */
export { annualCycle } from './annual-cycle.ts';
export { letterText } from './letter-text.ts';
export { reportIntake } from './report-intake.ts';
