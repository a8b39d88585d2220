/** A picture in a PDF file, compressed as JPEG. */
export interface PdfPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One page: its size in points, its content stream, and the pictures that this names Im0, Im1 … */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly content: string;
  readonly pictures: readonly PdfPicture[];
  readonly title: string;
  readonly created: Date;
}

type Part = string | Uint8Array;

/**
 * The bytes of a PDF 1.7 file of one page, with Helvetica as F1 and Helvetica-Bold as F2, which
 * every reader has. Characters of the content must be within Latin-1 or Windows-1252 bytes.
 */
export function writePdf(page: PdfPage): Uint8Array<ArrayBuffer> {
  const content = latinBytes(page.content);
  const firstPicture = 8;
  const names = page.pictures
    .map((_, index) => `/Im${index} ${firstPicture + index} 0 R`)
    .join(' ');
  const objects: (readonly Part[])[] = [
    ['<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pdfNumber(page.width)} ${pdfNumber(page.height)}] /Contents 4 0 R `,
      `/Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << ${names} >> >> >>`,
    ],
    stream('', content),
    [font('Helvetica')],
    [font('Helvetica-Bold')],
    [
      `<< /Title ${pdfUnicode(page.title)} /Producer (Catchment) /CreationDate ${pdfDate(page.created)} >>`,
    ],
    ...page.pictures.map(({ bytes, width, height }) =>
      stream(
        `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ` +
          '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode ',
        bytes,
      ),
    ),
  ];
  return assemble(objects);
}

/** A number as PDF writes it: never with an exponent. */
export function pdfNumber(value: number): string {
  return String(Number(value.toFixed(3)));
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function stream(entries: string, bytes: Uint8Array): Part[] {
  return [`<< ${entries}/Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream'];
}

/** A text of any script, as the document's properties hold it: UTF-16 with its mark, in hex. */
function pdfUnicode(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return `<FEFF${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}>`;
}

function pdfDate(date: Date): string {
  return `(D:${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)`;
}

/** Puts objects one after the other and ends with the table of where each begins. */
function assemble(objects: readonly (readonly Part[])[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const starts: number[] = [];
  let length = 0;
  const put = (part: Part) => {
    const bytes = typeof part === 'string' ? latinBytes(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  objects.forEach((object, index) => {
    starts.push(length);
    [`${index + 1} 0 obj\n`, ...object, '\nendobj\n'].forEach(put);
  });
  const table = length;
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const start of starts) put(`${String(start).padStart(10, '0')} 00000 n \n`);
  put(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R >>\n`);
  put(`startxref\n${table}\n%%EOF\n`);
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function latinBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
