// A candidate's own order of items and options, as zhupei/exams/rules.py tells it: everything sorts
// by SHA-256 of the seed and its name.
import { hex } from "./sealed";

const KINDS = ["single", "multiple", "judge", "blank", "essay"];
const LETTERS = "ABCDEFGH";
// An option that speaks of the others (“以上都对”, “A和C”) has to stay where it is.
const SPEAKS_OF_OTHERS = /以上|上述|前述|[A-H]\s*[和与及、]\s*[A-H]/;

interface Place {
  kind: string;
  options?: string[];
  group?: { number: number } | null;
}

export interface Shown {
  place: number;
  letters: string;
}

export async function order(seed: string, places: Place[], shuffle: boolean): Promise<Shown[]> {
  let blocks = together(places);
  if (shuffle) {
    const ranked = await Promise.all(
      blocks.map(async (block) => ({ block, standing: standing(places[block[0]!]!), rank: await rank(seed, block[0]!) })),
    );
    ranked.sort((one, other) => one.standing - other.standing || compare(one.rank, other.rank));
    blocks = ranked.map(({ block }) => block);
  }
  return Promise.all(
    blocks.flat().map(async (place) => ({ place, letters: await letters(`${seed}/${place}`, places[place]!, shuffle) })),
  );
}

/** Places that stay together: those of one case, every other by itself. */
function together(places: Place[]): number[][] {
  const blocks = new Map<string, number[]>();
  for (const [number, place] of places.entries()) {
    const name = place.group ? `group ${place.group.number}` : `place ${number}`;
    blocks.set(name, [...(blocks.get(name) ?? []), number]);
  }
  return [...blocks.values()];
}

function standing(place: Place): number {
  return place.group ? KINDS.length : KINDS.indexOf(place.kind);
}

async function letters(seed: string, place: Place, shuffle: boolean): Promise<string> {
  const options = place.options ?? [];
  const all = [...LETTERS.slice(0, options.length)];
  const fixed = place.kind === "judge" || options.some((option) => SPEAKS_OF_OTHERS.test(option));
  if (fixed || !shuffle) return all.join("");
  const ranked = await Promise.all(all.map(async (letter) => ({ letter, rank: await rank(seed, letter) })));
  return ranked.sort((one, other) => compare(one.rank, other.rank)).map(({ letter }) => letter).join("");
}

function rank(seed: string, value: string | number): Promise<string> {
  return hex(new TextEncoder().encode(`${seed}/${value}`));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
