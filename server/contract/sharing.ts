import { z } from 'zod';

/** Who else may open something a person keeps: nobody, those of the same team, or everyone with access. */
export const sharings = ['me', 'team', 'everyone'] as const;
export const sharingSchema = z.enum(sharings);
export type Sharing = (typeof sharings)[number];
