interface Frame {
  readonly width: number;
  readonly height: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly zoom: number;
}

const vertexShader = `#version 300 es
in vec2 position;
void main() { gl_Position = vec4(position, 0.0, 1.0); gl_PointSize = 2.0; }`;

const fragmentShader = `#version 300 es
precision mediump float;
out vec4 colour;
void main() { colour = vec4(0.85, 0.28, 0.06, 1.0); }`;

/** The least that a frame of points can cost: one program, one buffer, one call. */
export function rawPoints(positions: Uint32Array, frame: Frame): () => void {
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  document.body.append(canvas);
  const gl = canvas.getContext('webgl2', { antialias: true })!;
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, toClip(positions, frame), gl.STATIC_DRAW);
  const location = gl.getAttribLocation(program, 'position');
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
  return () => {
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.drawArrays(gl.POINTS, 0, positions.length / 2);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  };
}

function toClip(positions: Uint32Array, frame: Frame): Float32Array {
  const { width, height, longitude, latitude, zoom } = frame;
  const pixels = 512 * 2 ** zoom;
  const sine = Math.sin((latitude * Math.PI) / 180);
  const centreX = (longitude + 180) / 360;
  const centreY = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return Float32Array.from(positions, (value, index) =>
    index % 2 === 0
      ? ((value / 2 ** 32 - centreX) * pixels * 2) / width
      : ((centreY - value / 2 ** 32) * pixels * 2) / height,
  );
}
