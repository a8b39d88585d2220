/** How exactly an answer says where; finest first. */
export const precisions = [
  'roof',
  'parcel',
  'interpolated',
  'street',
  'postcode',
  'place',
] as const;

/**
 * - `roof`: that very address, as the source of addresses has it.
 * - `parcel`: that house number, but its letter or unit could not be told apart.
 * - `interpolated`: between known house numbers of the street, on the same side.
 * - `street`, `postcode`, `place`: a point that stands for the whole street, postcode, or town or region.
 */
export type Precision = (typeof precisions)[number];

/** What an answer is: an address or street, a postcode, a settlement or region, or a named place. */
export const answerKinds = [
  'address',
  'street',
  'postcode',
  'settlement',
  'region',
  'place',
] as const;

export type AnswerKind = (typeof answerKinds)[number];

export type GeocodeAnswer = {
  readonly kind: AnswerKind;
  /** As an address is written where it lies, for example `Lekstraat 20, 3433 ZB Nieuwegein`. */
  readonly label: string;
  /** EPSG:4326. */
  readonly lonLat: readonly [number, number];
  readonly precision: Precision;
  /**
   * 0 to 1. From `certain` (0.8) on, every part of the text was found, spelled as given or nearly so. Below,
   * some part was not found, or is spelled differently; under 0.4 there is no answer at all.
   */
  readonly confidence: number;
  /** Another answer, somewhere else, fits as well: a person has to choose. */
  readonly ambiguous: boolean;
  /** Id of the address, region or place in its own table; of a street, postcode or settlement in the index. */
  readonly id: number;
  readonly street?: string;
  readonly houseNumber?: string;
  readonly postcode?: string;
  readonly city?: string;
  readonly regionId?: number;
  readonly source?: string;
  readonly licence?: string;
};

/** Confidence from which an answer that is not ambiguous counts as certain. */
export const certain = 0.8;

/** An address in parts, as accounts have it, or as one text. Parts that are not known are left out. */
export type GeocodeRequest = {
  readonly text?: string | undefined;
  readonly street?: string | undefined;
  readonly houseNumber?: string | undefined;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
  /** Name or two-letter code. */
  readonly country?: string | undefined;
};

export type GeocodeOptions = {
  /** Most answers a request; 1 to 50, default 5. */
  readonly limit?: number;
  /** The last word is not finished yet. */
  readonly autocomplete?: boolean;
  /** Among answers that fit equally, the nearer come first. Does not make an answer less ambiguous. */
  readonly near?: readonly [number, number] | undefined;
  /** Two-letter code: only answers that are there, or of which the country is not known. */
  readonly country?: string | undefined;
};

/** What lies at and around a point; parts that are not known within reach are left out. */
export type ReverseAnswer = {
  readonly address?: GeocodeAnswer & { readonly distanceMeters: number };
  readonly street?: { readonly name: string; readonly distanceMeters: number };
  readonly postcode?: string;
  /** From the coarsest level to the deepest. */
  readonly regions: readonly {
    readonly regionId: number;
    readonly level: number;
    readonly name: string;
  }[];
  readonly zone?: { readonly zoneId: number; readonly kind: string; readonly name: string | null };
};

/** Turns text into points and back. The built-in one works on what is loaded and asks no network. */
export type Geocoder = {
  /** Answers a request, best first; none where nothing fits. */
  geocode(request: GeocodeRequest, options?: GeocodeOptions): Promise<readonly GeocodeAnswer[]>;
  /** As `geocode` for many at once, in their order. */
  geocodeMany(
    requests: readonly GeocodeRequest[],
    options?: GeocodeOptions,
  ): Promise<readonly (readonly GeocodeAnswer[])[]>;
  reverse(lonLat: readonly [number, number]): Promise<ReverseAnswer>;
};
