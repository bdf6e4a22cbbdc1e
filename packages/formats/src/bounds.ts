/**
 * How large a file, a quiz and its texts may be. Those of a question are the wire's (protocol's `QuizQuestion`); a test
 * holds the two against each other. Texts count code points.
 */
export const bounds = {
  /** Bytes of a file. 200 questions with the longest texts are 1.5 MB as JSON. */
  bytes: 5 * 1024 * 1024,
  /** Bytes of a spreadsheet's parts once they are unpacked: a template with 200 questions has 0.5 MB. */
  unpacked: 8 * 1024 * 1024,
  questions: 200,
  /** Rows of a table that are looked at, empty and faulty ones among them. */
  rows: 2_000,
  columns: 64,
  /** Lines of a report. */
  report: 1_000,
  title: 200,
  description: 2_000,
  language: 35,
  prompt: 1_000,
  explanation: 2_000,
  category: 100,
  url: 2_048,
  choice: 300,
  choices: { min: 2, max: 8 },
  accepted: 20,
  acceptedText: 200,
  seconds: { min: 5, max: 300 },
  points: { min: 0, max: 10_000 },
  rating: { min: 2, max: 10 },
  words: { min: 1, max: 5 },
  /** Of any number, either side of zero. */
  number: 1e15,
} as const;
