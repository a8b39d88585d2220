import type { ShaderModule } from '@luma.gl/shadertools';
import { classCount } from '../points/paint-points.js';

/** Colours a class as the shader holds them; class 0 is never drawn. */
export const paletteLength = 16;

if (classCount > paletteLength) throw new Error('There are more classes than colours.');

const uniforms = `\
layout(std140) uniform pointSpritesUniforms {
  highp mat4 matrix;
  vec4 palette[${paletteLength}];
  vec4 ring;
  highp ivec2 origin;
  float radius;
  float span;
  float pixelRatio;
  float opacity;
} pointSprites;
`;

/** What the shader of the sprites is told for a frame. */
export type PointSpritesUniforms = {
  /** From half units of the world square around the origin to the screen. */
  readonly matrix: readonly number[];
  readonly palette: readonly (readonly number[])[];
  readonly ring: readonly number[];
  readonly origin: readonly [x: number, y: number];
  /** Radius in CSS pixels of the smallest size, and how much the largest adds. */
  readonly radius: number;
  readonly span: number;
  readonly pixelRatio: number;
  readonly opacity: number;
};

/** Uniforms of the sprites as a block of the shader. */
export const pointSpritesModule = {
  name: 'pointSprites',
  vs: uniforms,
  fs: uniforms,
  uniformTypes: {
    matrix: 'mat4x4<f32>',
    palette: ['vec4<f32>', paletteLength],
    ring: 'vec4<f32>',
    origin: 'vec2<i32>',
    radius: 'f32',
    span: 'f32',
    pixelRatio: 'f32',
    opacity: 'f32',
  },
} as const satisfies ShaderModule;

/**
 * One vertex a point. The difference to the origin is taken in whole numbers, so that a point stays in its
 * place at every zoom; halves are taken first because the world is as wide as an integer.
 */
export const vertexShader = `\
#version 300 es
#define SHADER_NAME point-sprites-vertex

in highp uvec2 positions;
in float classes;
in float sizes;

flat out vec3 colour;
flat out float radius;

void main(void) {
  int index = int(classes * 255.0 + 0.5);
  if (index == 0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    return;
  }
  ivec2 offset = ivec2(positions >> 1u) - pointSprites.origin;
  gl_Position = pointSprites.matrix * vec4(vec2(offset), 0.0, 1.0);
  radius = (pointSprites.radius + pointSprites.span * sizes) * pointSprites.pixelRatio;
  gl_PointSize = 2.0 * radius;
  colour = pointSprites.palette[index].rgb;
}
`;

/** A disc with a soft edge; from the size on where it can be seen it has a ring. */
export const fragmentShader = `\
#version 300 es
#define SHADER_NAME point-sprites-fragment

precision highp float;

flat in vec3 colour;
flat in float radius;

out vec4 fragColor;

void main(void) {
  float fromCentre = length(gl_PointCoord - 0.5) * 2.0 * radius;
  float cover = clamp(radius - fromCentre + 0.5, 0.0, 1.0);
  if (cover == 0.0) discard;
  float ringWidth = clamp((radius / pointSprites.pixelRatio - 1.6) * 0.6, 0.0, 1.2);
  float inRing = clamp(fromCentre - (radius - ringWidth * pointSprites.pixelRatio) + 0.5, 0.0, 1.0);
  float ringShare = ringWidth == 0.0 ? 0.0 : inRing * pointSprites.ring.a;
  fragColor = vec4(mix(colour, pointSprites.ring.rgb, ringShare), cover * pointSprites.opacity);
}
`;
