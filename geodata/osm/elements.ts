import type { Tags } from './tags.js';

export type OsmNode = {
  readonly type: 'node';
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
  readonly tags?: Tags;
};

export type OsmWay = {
  readonly type: 'way';
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags?: Tags;
};

export type OsmMember = {
  readonly type: 'node' | 'way' | 'relation';
  readonly ref: number;
  readonly role: string;
};

export type OsmRelation = {
  readonly type: 'relation';
  readonly id: number;
  readonly members: readonly OsmMember[];
  readonly tags?: Tags;
};

export type OsmElement = OsmNode | OsmWay | OsmRelation;
