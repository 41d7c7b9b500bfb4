import { Temporal } from 'temporal-polyfill';
import type { Holiday, IsoDate, Language, MonthDay } from './treaty.ts';

export { Temporal };

/** What a day is to the secretariat: its zone and the days on which nothing leaves. */
export type WorkCalendar = { timeZone: string; holidays: ReadonlySet<IsoDate> };

export function workCalendar({ timeZone, holidays }: { timeZone: string; holidays: Holiday[] }): WorkCalendar {
  return { timeZone, holidays: new Set(holidays.map((holiday) => holiday.on)) };
}

/** `2027` and `04-30` → `2027-04-30`. Throws RangeError for a day that does not exist. */
export function dateOf(year: number, monthDay: MonthDay): IsoDate {
  return Temporal.PlainDate.from(`${year}-${monthDay}`, { overflow: 'reject' }).toString();
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from the first date to the second; negative when the second lies before. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** Is it neither a weekend nor a UN holiday? */
export function isWorkingDay(date: IsoDate, calendar: WorkCalendar): boolean {
  return Temporal.PlainDate.from(date).dayOfWeek <= 5 && !calendar.holidays.has(date);
}

/** The date itself when it is a working day, otherwise the nearest one in the given direction. */
export function workingDay(date: IsoDate, direction: 'onOrBefore' | 'onOrAfter', calendar: WorkCalendar): IsoDate {
  const step = direction === 'onOrAfter' ? 1 : -1;
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, step);
  return day;
}

/** The date `count` working days after (or, negative, before) the given one. */
export function addWorkingDays(date: IsoDate, count: number, calendar: WorkCalendar): IsoDate {
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0; left--) {
    do day = addDays(day, step);
    while (!isWorkingDay(day, calendar));
  }
  return day;
}

/** The instant (epoch milliseconds) at which the wall clock of the zone shows this time on this date. */
export function instantOf(date: IsoDate, time: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}

/** A deadline ends at 23:59:59 of its date in the treaty's zone (rule 9). */
export function endOfDay(date: IsoDate, timeZone: string): number {
  return instantOf(date, '23:59:59', timeZone);
}

/** The calendar date at this instant in the zone. */
export function dateAt(instant: number, timeZone: string): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(LOCALES[language], options)));
  return made;
}

/** "Monday 2 March 2027", "lundi 1er mars 2027", "lunes 2 de marzo de 2027". */
export function longDate(date: IsoDate, language: Language): string {
  const day = format(language, { weekday: 'long', timeZone: 'UTC' }).format(noon(date));
  return `${day} ${plainDate(date, language)}`;
}

/** "2 March 2027", "1er mars 2027": without the day of the week. */
export function plainDate(date: IsoDate, language: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const written = format(language, options).format(noon(date));
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
}

function noon(date: IsoDate): number {
  return Date.parse(`${date}T12:00:00Z`);
}

/** "Monday 2 March 2027 at 09:00 (Geneva)": every time a person reads names its zone. */
export function longMoment(instant: number, language: Language, timeZone: string): string {
  const time = format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(instant);
  return `${longDate(dateAt(instant, timeZone), language)}${AT[language]}${time} (${placeOf(timeZone, language)})`;
}

const AT: Record<Language, string> = { en: ' at ', fr: ' à ', es: ' a las ' };
const GENEVA: Record<Language, string> = { en: 'Geneva', fr: 'Genève', es: 'Ginebra' };

function placeOf(timeZone: string, language: Language): string {
  return timeZone === 'Europe/Zurich'
    ? GENEVA[language]
    : (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
