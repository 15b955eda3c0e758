import t from 'tap';
import { Agenda } from '../../src/clock/agenda.ts';
import type { Job } from '../../src/domain/job.ts';

const lapse = (key: string, dueAt: number, seq: number): Job => ({ kind: 'lapse', key, dueAt, seq });
const deliver = (key: string, dueAt: number, seq: number): Job => ({ kind: 'deliver', key, dueAt, seq });

const drain = (agenda: Agenda): string[] => {
  const keys: string[] = [];
  for (let job = agenda.takeDue(Infinity); job !== null; job = agenda.takeDue(Infinity)) keys.push(job.key);
  return keys;
};

t.test('what is due first comes first, whatever was planned first', async (t) => {
  const agenda = new Agenda();
  agenda.put(lapse('third', 300, 0));
  agenda.put(lapse('first', 100, 1));
  agenda.put(deliver('fourth', 400, 2));
  agenda.put(deliver('second', 200, 3));
  t.equal(agenda.next?.key, 'first');
  t.equal(agenda.size, 4);
  t.strictSame(drain(agenda), ['first', 'second', 'third', 'fourth']);
  t.equal(agenda.next, null);
  t.equal(agenda.size, 0);
});

t.test('of what is due at once the earlier planned comes first', async (t) => {
  const agenda = new Agenda();
  for (const seq of [7, 3, 9, 1, 5]) agenda.put(deliver(`planned as ${seq}`, 100, seq));
  t.strictSame(drain(agenda), [
    'planned as 1',
    'planned as 3',
    'planned as 5',
    'planned as 7',
    'planned as 9',
  ]);
});

t.test('a job of the same kind for the same key is replaced, of another kind it is not', async (t) => {
  const agenda = new Agenda();
  agenda.put(lapse('payment', 30, 0));
  agenda.put(deliver('payment', 20, 1));
  agenda.put(lapse('payment', 10, 2));
  t.equal(agenda.size, 2);
  t.strictSame(agenda.takeDue(10), { kind: 'lapse', key: 'payment', dueAt: 10, seq: 2 });
  t.strictSame(agenda.takeDue(20), { kind: 'deliver', key: 'payment', dueAt: 20, seq: 1 });
  t.equal(agenda.takeDue(Infinity), null);
});

t.test('a job is due at its moment and not a millisecond before', async (t) => {
  const agenda = new Agenda();
  agenda.put(lapse('payment', 600_000, 0));
  t.equal(agenda.takeDue(599_999), null);
  t.equal(agenda.size, 1);
  t.ok(agenda.has({ kind: 'lapse', key: 'payment' }));
  t.notOk(agenda.has({ kind: 'deliver', key: 'payment' }));
  t.equal(agenda.takeDue(600_000)?.key, 'payment');
  t.notOk(agenda.has({ kind: 'lapse', key: 'payment' }));
});

t.test('a job is struck wherever it stands, and one that is not there is not missed', async (t) => {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  for (const struck of keys) {
    const agenda = new Agenda();
    // Neither sorted nor the reverse, so that every place of the heap is struck once.
    for (const [seq, key] of ['d', 'f', 'b', 'g', 'a', 'e', 'c'].entries()) {
      agenda.put(lapse(key, key.charCodeAt(0), seq));
    }
    agenda.strike({ kind: 'lapse', key: struck });
    agenda.strike({ kind: 'lapse', key: struck });
    agenda.strike({ kind: 'deliver', key: 'a' });
    t.strictSame(
      drain(agenda),
      keys.filter((key) => key !== struck),
      struck,
    );
  }
});

t.test('a cleared agenda is empty, and takes jobs again', async (t) => {
  const agenda = new Agenda();
  agenda.put(lapse('old', 1, 0));
  agenda.clear();
  t.equal(agenda.size, 0);
  t.equal(agenda.next, null);
  agenda.put(lapse('old', 2, 1));
  t.strictSame(drain(agenda), ['old']);
});

/** xorshift32: whole numbers below a limit, the same for every run. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** The same, done the slow way: a list that is sorted anew each time. */
class SortedList {
  jobs: Job[] = [];

  put(job: Job): void {
    this.strike(job);
    this.jobs.push(job);
    this.jobs.sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
  }

  strike({ kind, key }: Pick<Job, 'kind' | 'key'>): void {
    this.jobs = this.jobs.filter((job) => job.kind !== kind || job.key !== key);
  }

  takeDue(at: number): Job | null {
    const [first] = this.jobs;
    return first === undefined || first.dueAt > at ? null : (this.jobs.shift() ?? null);
  }
}

t.test('ten thousand changes in any order leave it as a sorted list would be', async (t) => {
  for (const seed of [1, 2026, 0xbadcafe]) {
    const roll = dice(seed);
    const agenda = new Agenda();
    const list = new SortedList();
    const differences: string[] = [];
    let largest = 0;
    for (let seq = 0; seq < 10_000; seq++) {
      // Few keys and few due times: jobs are replaced, struck and tied often.
      const job: Job = {
        kind: roll(2) === 0 ? 'lapse' : 'deliver',
        key: String(roll(150)),
        dueAt: roll(40),
        seq,
      };
      const what = roll(10);
      if (what < 6) {
        agenda.put(job);
        list.put(job);
      } else if (what < 9) {
        agenda.strike(job);
        list.strike(job);
      } else {
        const at = roll(40);
        const taken = agenda.takeDue(at);
        if (taken !== list.takeDue(at)) differences.push(`took ${taken?.key} at ${at}`);
      }
      if (agenda.next !== (list.jobs[0] ?? null)) differences.push(`after change ${seq} the first differs`);
      if (agenda.size !== list.jobs.length) differences.push(`after change ${seq} the size differs`);
      largest = Math.max(largest, agenda.size);
    }
    t.strictSame(differences, [], `seed ${seed}`);
    t.ok(largest > 100, 'and it was large meanwhile');
    const expected = list.jobs.map(({ key }) => key);
    t.strictSame(drain(agenda), expected, 'what is left comes out in order');
  }
});
