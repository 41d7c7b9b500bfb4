import { daysBetween, plainDate, Temporal } from '../../../domain/calendar.ts';
import { countBy, dayNow, type Received } from '../../presenters/received.ts';

const WIDE = 720;
const HIGH = 250;
const PLOT = { left: 40, right: 76, top: 26, bottom: 30 };
const FLOOR = HIGH - PLOT.bottom;

type Scale = { x: (day: number) => number; y: (count: number) => number; length: number; most: number };

/** "Received over time, this year against last", as a file of its own: fonts are named, not loaded. */
export function ReceivedPicture({ received }: { received: Received }) {
  const { opensOn, deadlineOn, thisYear, lastYear, year } = received;
  const scale = scaleOf(received);
  const { x, y, length } = scale;
  const until = Math.max(0, dayNow(received));
  const count = countBy(thisYear, until);
  const deadline = x(daysBetween(opensOn, deadlineOn));
  // Two labels that would lie on each other move apart.
  const apart = lastYear && until > length * 0.85 && Math.abs(y(count) - y(lastYear.length)) < 18 ? 12 : 0;
  const below = count < (lastYear?.length ?? 0) ? 1 : -1;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      width={WIDE}
      height={HIGH}
      font-family="Noto Sans, Arial, sans-serif"
      font-size="13"
      fill="#484f58"
    >
      <Grid scale={scale} />
      <Months opensOn={opensOn} scale={scale} />
      <path d={`M${deadline} ${PLOT.top - 4}V${FLOOR}`} stroke="#7a4b00" stroke-dasharray="2 3" />
      <text x={deadline} y={PLOT.top - 10} text-anchor="middle" fill="#7a4b00">
        {`Deadline ${plainDate(deadlineOn, 'en')}`}
      </text>
      {lastYear && (
        <>
          <path
            d={steps({ days: lastYear, until: length, scale })}
            fill="none"
            stroke="#7d8896"
            stroke-width="2"
            stroke-dasharray="6 4"
          />
          <text x={x(length) + 6} y={y(lastYear.length) + 4 - apart * below}>{`${year - 1}: ${lastYear.length}`}</text>
        </>
      )}
      <path d={steps({ days: thisYear, until, scale })} fill="none" stroke="#1d3f6e" stroke-width="3" />
      <circle cx={x(until)} cy={y(count)} r="4" fill="#1d3f6e" />
      <text x={x(until) + 8} y={y(count) + 4 + apart * below} font-weight="700" fill="#1d3f6e">
        {`${year}: ${count}`}
      </text>
    </svg>
  );
}

function scaleOf({ opensOn, closesOn, expected, lastYear }: Received): Scale {
  const length = Math.max(1, daysBetween(opensOn, closesOn));
  const most = Math.max(10, expected, lastYear?.length ?? 0);
  return {
    length,
    most,
    x: (day) => round(PLOT.left + (day / length) * (WIDE - PLOT.left - PLOT.right)),
    y: (count) => round(FLOOR - (count / most) * (FLOOR - PLOT.top)),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function Grid({ scale: { y, most } }: { scale: Scale }) {
  const step = most > 400 ? 500 : most > 60 ? 25 : 5;
  const marks = Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
  return (
    <>
      {marks.map((count) => (
        <g key={count}>
          <path d={`M${PLOT.left} ${y(count)}H${WIDE - PLOT.right}`} stroke="#e1e6ec" />
          <text x={PLOT.left - 6} y={y(count) + 4} text-anchor="end">
            {count}
          </text>
        </g>
      ))}
    </>
  );
}

function Months({ opensOn, scale: { x, length } }: { opensOn: string; scale: Scale }) {
  const first = Temporal.PlainDate.from(opensOn).with({ day: 1 });
  const months = Array.from({ length: 13 }, (_, month) => first.add({ months: month }));
  const days = months.map((month) => ({ month, day: daysBetween(opensOn, month.toString()) }));
  return (
    <>
      {days
        .filter(({ day }) => day >= 0 && day < length - 5)
        .map(({ month, day }) => (
          <text key={day} x={x(day)} y={HIGH - 10}>
            {month.toLocaleString('en-GB', { month: 'short' })}
          </text>
        ))}
    </>
  );
}

/** A line that rises by one at each report. */
function steps({ days, until, scale: { x, y } }: { days: number[]; until: number; scale: Scale }): string {
  const rises = [...new Set(days.filter((day) => day <= until))].map((day) => `H${x(day)}V${y(countBy(days, day))}`);
  return `M${x(0)} ${y(0)}${rises.join('')}H${x(until)}`;
}
