/** One JSON line per event, on stdout unless told otherwise. Its level can be changed while it runs. */
import { type DestinationStream, type Logger, destination as openDestination, pino, stdTimeFunctions } from 'pino';
import { scrubLine, withoutSecrets } from './redaction.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly node_id: string;
  /** Where lines go; stdout by default, written at once so that a dying process has said all it said. */
  readonly destination?: DestinationStream | undefined;
  /** Called for each line of level warn and above. */
  readonly onLine?: (level: string) => void;
}

const warnLevel = 40;

export function createLogger({ level, node_id, destination, onLine }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { node_id },
      timestamp: stdTimeFunctions.isoTime,
      messageKey: 'msg',
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => withoutSecrets(fields) as Record<string, unknown>,
      },
      // Errors come out of the formatter as plain fields; pino's own serializer would drop their cause.
      serializers: { err: (fields: unknown) => fields },
      hooks: {
        streamWrite: scrubLine,
        logMethod(args, method, number) {
          if (number >= warnLevel) onLine?.(this.levels.labels[number] ?? 'other');
          method.apply(this, args);
        },
      },
    },
    destination ?? openDestination({ dest: 1, sync: true }),
  );
}

export const isLogLevel = (text: unknown): text is LogLevel => (logLevels as readonly unknown[]).includes(text);
