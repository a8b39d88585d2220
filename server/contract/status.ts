import { z } from 'zod';

export const componentNames = ['database', 'cube', 'tiles'] as const;
export const componentStates = ['starting', 'ready', 'restarting', 'failed'] as const;

export const componentStateSchema = z.enum(componentStates);

export const progressSchema = z.object({
  label: z.string().describe('What is being done, in plain words'),
  fraction: z.number().min(0).max(1).nullable().describe('0 to 1; null where it cannot be known'),
});

export const statusSchema = z.object({
  state: z
    .enum(['starting', 'ready', 'degraded'])
    .describe('degraded: it works, but a component is restarting or has failed'),
  components: z.object({
    database: componentStateSchema,
    cube: componentStateSchema,
    tiles: componentStateSchema,
  }),
  progress: progressSchema.optional(),
  setup: z
    .enum(['needs_administrator', 'done', 'unknown'])
    .describe('unknown while the database cannot be asked'),
  demo: z.boolean().describe('Whether this is the demo, where one click signs in'),
});

export const healthSchema = z.object({
  status: z.enum(['ok', 'starting', 'degraded']),
  components: statusSchema.shape.components,
});

export type ComponentName = (typeof componentNames)[number];
export type ComponentState = z.infer<typeof componentStateSchema>;
export type Progress = z.infer<typeof progressSchema>;
export type Status = z.infer<typeof statusSchema>;
