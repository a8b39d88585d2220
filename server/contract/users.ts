import { z } from 'zod';
import { roleSchema } from './role.js';

const name = z.string().trim().min(1, 'Give a name.').max(200);
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(320)
  .pipe(z.email('Give an e-mail address such as ann@example.org.'));
const password = z.string().min(10, 'At least 10 characters.').max(128, 'At most 128 characters.');
const team = z.string().trim().min(1, 'Give the team a name.').max(100).nullable();
const regionIds = z.array(z.number().int().positive()).max(500);

export const setupBody = z.object({ name, email, password });
export const demoSessionBody = z.object({ role: roleSchema });
export const signInBody = z.object({ email, password: z.string().max(128) });
export const newUserBody = z.object({ name, email, password, role: roleSchema });

export const userPatchBody = z
  .object({
    name: name.optional(),
    role: roleSchema.optional(),
    team: team.optional().describe('Shares what is shared with a team; null = in none'),
    regionIds: regionIds.optional().describe('Regions the user works in; [] = everywhere'),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    message: 'Give at least one of name, role, team and regionIds.',
  });

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  team: z.string().nullable(),
  regionIds: z.array(z.number().int()),
});

export type User = z.infer<typeof userSchema>;
export type NewUserBody = z.infer<typeof newUserBody>;
export type UserPatchBody = z.infer<typeof userPatchBody>;
