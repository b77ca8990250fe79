/** What the workflow of the model lets in again. */
export interface Rules {
  readonly manual: boolean;
  /** Triggers that may bring somebody in anew: 0 is being created, 1 the city becoming Lund. */
  readonly on: readonly number[];
}

export type Step =
  | {
      readonly do: "enroll" | "unenroll" | "suppress" | "release" | "delete" | "restore";
      readonly who: number;
    }
  | { readonly do: "city" | "company"; readonly who: number; readonly value: string }
  | { readonly do: "merge"; readonly pair: readonly number[] }
  | { readonly do: "wait"; readonly hours: number };

interface Person {
  state: "living" | "deleted" | "merged";
  city: string | null;
  company: string | null;
  isSuppressed: boolean;
}

interface Stay {
  who: number;
  state: "active" | "waiting" | "finished" | "left";
  reason: string;
  due: number;
}

const WAIT = 48;

/**
 * A workflow that people enter when they are created, when their city becomes Lund, or by hand; who wait there for two
 * days; and who leave at the goal (company Goal), when their city is Out, or when they are on the suppression list.
 */
export class WorkflowModel {
  readonly #rules: Rules;
  readonly #people: Person[];
  readonly #stays: Stay[] = [];

  constructor(rules: Rules, people: number) {
    this.#rules = rules;
    this.#people = Array.from({ length: people }, () => ({
      state: "living",
      city: null,
      company: null,
      isSuppressed: false,
    }));
    for (let who = 0; who < people; who++) this.#enter(who, 0, 0);
  }

  /** Acts that the product refuses are no part of a history. */
  mayTake(step: Step): boolean {
    if (step.do === "wait") return true;
    const needed = step.do === "restore" ? "deleted" : "living";
    const people = step.do === "merge" ? step.pair : [step.who];
    return people.every((who) => this.#person(who).state === needed);
  }

  take(step: Step, hour: number): void {
    if (step.do === "wait") return;
    if (step.do === "merge") return this.#merge(step.pair[0] ?? 0, step.pair[1] ?? 0, hour);
    if (step.do === "enroll") return this.#enter(step.who, "manual", hour);
    if (step.do === "unenroll") return this.#leave(step.who, "by_hand");
    this.#change(step, hour);
  }

  #change(step: Exclude<Step, { do: "wait" | "merge" }>, hour: number): void {
    const person = this.#person(step.who);
    if (step.do === "city") this.#move(step.who, step.value, hour);
    else if (step.do === "company") person.company = step.value;
    else if (step.do === "restore") person.state = "living";
    else if (step.do === "delete") {
      person.state = "deleted";
      this.#leave(step.who, "deleted");
    } else person.isSuppressed = step.do === "suppress";
  }

  /** What happens by itself at this hour. */
  settle(hour: number): void {
    for (const stay of this.#stays) {
      if (stay.state !== "active" && (stay.state !== "waiting" || stay.due > hour)) continue;
      const why = this.#whyLeave(stay.who);
      if (why !== null) [stay.state, stay.reason] = ["left", why];
      else if (stay.state === "active") [stay.state, stay.due] = ["waiting", hour + WAIT];
      else stay.state = "finished";
    }
  }

  seen(): string[] {
    return this.#stays.map(({ who, state, reason }) => `${who} ${state} ${reason}`.trim()).toSorted();
  }

  #person(who: number): Person {
    return this.#people[who] as Person;
  }

  #whyLeave(who: number): string | null {
    const { company, city, isSuppressed } = this.#person(who);
    if (company === "Goal") return "goal";
    if (city === "Out") return "unenrolled";
    return isSuppressed ? "suppressed" : null;
  }

  #inside(who: number): Stay | undefined {
    return this.#stays.find(
      (stay) => stay.who === who && (stay.state === "active" || stay.state === "waiting"),
    );
  }

  #enter(who: number, cause: number | "manual", hour: number): void {
    if (this.#inside(who) || this.#person(who).isSuppressed) return;
    const mayAgain = cause === "manual" ? this.#rules.manual : this.#rules.on.includes(cause);
    if (!mayAgain && this.#stays.some((stay) => stay.who === who)) return;
    this.#stays.push({ who, state: "active", reason: "", due: hour });
  }

  #leave(who: number, reason: string): void {
    const stay = this.#inside(who);
    if (stay) [stay.state, stay.reason] = ["left", reason];
  }

  #move(who: number, city: string, hour: number): void {
    const person = this.#person(who);
    if (person.city === city) return;
    person.city = city;
    if (city === "Lund") this.#enter(who, 1, hour);
  }

  /** The winner's empty values are filled, the loser's lists are not taken over; who was inside goes on as the winner. */
  #merge(winner: number, loser: number, hour: number): void {
    const [own, other] = [this.#person(winner), this.#person(loser)];
    other.state = "merged";
    const stay = this.#inside(loser);
    if (stay && this.#inside(winner)) this.#leave(loser, "merged");
    else if (stay) stay.who = winner;
    own.company ??= other.company;
    if (own.city === null && other.city !== null) this.#move(winner, other.city, hour);
  }
}
