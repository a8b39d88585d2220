import { z } from 'zod';
import { timestampSchema } from './common.js';
import { sharingSchema } from './sharing.js';

const name = z.string().trim().min(1, 'Give the view a name.').max(120, 'At most 120 characters.');
const address = z
  .string()
  .max(8000, 'This view is too long to be kept.')
  .regex(/^\/(?!\/)[^\s\\]*$/, 'must be an address within the application');
/** A picture as a data address; 64 KB of it are about 88,000 characters. */
const thumbnail = z
  .string()
  .max(88_000, 'The picture is too large.')
  .regex(/^data:image\/(webp|jpeg);base64,[A-Za-z0-9+/=]+$/, 'must be a WebP or JPEG picture');

export const newSavedViewBody = z.object({
  name,
  address,
  sharing: sharingSchema.default('me'),
  thumbnail: thumbnail.nullable().default(null),
});

export const savedViewPatchBody = z
  .object({
    name: name.optional(),
    sharing: sharingSchema.optional(),
    address: address.optional(),
    thumbnail: thumbnail.optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    message: 'Give at least one of name, sharing, address and thumbnail.',
  });

export const savedViewSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  address: z.string(),
  sharing: sharingSchema,
  ownerId: z.string(),
  ownerName: z.string(),
  mayChange: z.boolean().describe('Whether the asker owns it or administers the project'),
  hasThumbnail: z.boolean(),
  updatedAt: timestampSchema,
});

export type SavedView = z.output<typeof savedViewSchema>;
export type NewSavedView = z.input<typeof newSavedViewBody>;
export type SavedViewPatch = z.input<typeof savedViewPatchBody>;
