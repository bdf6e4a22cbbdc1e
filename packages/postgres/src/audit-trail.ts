/** The `AuditTrail` port on Postgres. The table itself refuses changes. */
import type { AuditEntry, AuditTrail } from '@partyline/core';
import type { Database } from './database.ts';
import { statement } from './statement.ts';
import { storableText } from './storable.ts';
import { isUuid } from './uuid.ts';

const insertAudit = statement('hosts/insert-audit');
const listAudit = statement('hosts/list-audit');

const LANE = 'audit';

type Row = Omit<AuditEntry, 'at'> & { at: Date };

export function createAuditTrail(database: Database): AuditTrail {
  return {
    async record({ at, actor, action, party_id, subject }) {
      const to = subject === null ? null : storableText(subject);
      const values = [new Date(at), storableText(actor), storableText(action), party_id, to];
      await database.rows(LANE, insertAudit, values);
    },
    async ofParty(party_id) {
      if (!isUuid(party_id)) return [];
      const rows = await database.rows<Row>(LANE, listAudit, [party_id]);
      return rows.map((row) => ({ ...row, at: row.at.getTime() }));
    },
  };
}
