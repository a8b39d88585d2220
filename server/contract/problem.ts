import { z } from 'zod';

export const problemCodes = [
  'validation',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_many_requests',
  'unavailable',
  'internal',
] as const;

/** RFC 9457 problem details, as every error of the API is told. */
export const problemSchema = z.object({
  type: z.string().describe('Names the kind of problem: urn:catchment:problem:<code>'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('One or two sentences that may be shown to people'),
  code: z.enum(problemCodes),
  details: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('validation: {fields: {name: sentence}}; unavailable: {retryable: true}'),
  instance: z.string().describe('urn:catchment:request:<id>, the id that is also in the log'),
});

export type Problem = z.infer<typeof problemSchema>;
