/** Tells the store how many of a party are connected here: at once when it decides something, otherwise with some company. */
import type { LocalPresence, Timers } from '@partyline/core';

const soonMs = 487;
const nowMs = 5;
/** After a failed report the next try waits this long. */
const retryMs = 503;

export interface PresenceReport {
  /** Something about the presence has changed. */
  changed(): void;
  /**
   * Resolves once the store knows that somebody here has not answered yet, where that is so. To be awaited before others are
   * told that somebody has come here: they wait for that one no longer, and the round would close in between.
   */
  claimed(): Promise<void>;
  stop(): void;
}

export function createPresenceReport(at: {
  presence: () => LocalPresence;
  report: (presence: LocalPresence, urgency: 'now' | 'soon') => Promise<void>;
  timers: Timers;
}): PresenceReport {
  let told: LocalPresence = { players: 0, hosts: 0, spectators: 0, answered_round: 0 };
  let pending: { urgency: 'now' | 'soon'; cancel: () => void } | null = null;
  let reporting: Promise<void> | null = null;
  let stopped = false;

  function plan(urgency: 'now' | 'soon', ms: number): void {
    if (pending !== null && (pending.urgency === 'now' || urgency === 'soon')) return;
    pending?.cancel();
    pending = { urgency, cancel: at.timers.after(ms, () => void send(urgency)) };
  }

  async function send(urgency: 'now' | 'soon'): Promise<void> {
    pending = null;
    if (reporting !== null) return plan(urgency, urgency === 'now' ? nowMs : soonMs);
    const presence = at.presence();
    if (isSame(presence, told)) return;
    reporting = report(presence, urgency);
    await reporting;
    if (!stopped && !isSame(at.presence(), told)) changed();
  }

  async function report(presence: LocalPresence, urgency: 'now' | 'soon'): Promise<void> {
    try {
      await at.report(presence, urgency);
      told = presence;
    } catch {
      if (!stopped) plan(urgency, retryMs);
    } finally {
      reporting = null;
    }
  }

  function changed(): void {
    const urgency = isDecisive(told, at.presence()) ? 'now' : 'soon';
    plan(urgency, urgency === 'now' ? nowMs : soonMs);
  }

  return {
    changed,
    async claimed() {
      await reporting;
      if (stopped || isWaiting(told) || !isWaiting(at.presence())) return;
      pending?.cancel();
      await send('soon');
    },
    stop() {
      stopped = true;
      pending?.cancel();
    },
  };
}

/** The first or last of a kind, and the last answer of a round, are what a leader waits for. */
function isDecisive(before: LocalPresence, after: LocalPresence): boolean {
  return (
    (before.players === 0) !== (after.players === 0) ||
    (before.hosts === 0) !== (after.hosts === 0) ||
    (before.spectators === 0) !== (after.spectators === 0) ||
    (after.answered_round !== 0 && after.answered_round !== before.answered_round)
  );
}

function isWaiting({ players, answered_round }: LocalPresence): boolean {
  return players > 0 && answered_round === 0;
}

function isSame(a: LocalPresence, b: LocalPresence): boolean {
  return (
    a.players === b.players &&
    a.hosts === b.hosts &&
    a.spectators === b.spectators &&
    a.answered_round === b.answered_round
  );
}
