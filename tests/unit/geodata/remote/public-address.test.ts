import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../geodata/remote/public-address.js';

const refused = [
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '192.0.0.8', '192.0.2.1', '198.18.0.1'],
  ...['224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '::ffff:0:7f00:1'],
  ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1'],
  ...[
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '100::1',
    '3fff::1',
  ],
  ...['', 'localhost', '1.2.3', '256.1.1.1', 'files.test'],
];

describe('an address that may be connected to', () => {
  it.each(refused)('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2a00:1450:4001:80b::200e', '2606:4700::1111'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('is none of a private network, however it is written', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, (b, c, d) => {
        const hex = (value: number) => value.toString(16).padStart(2, '0');
        const mapped = `::ffff:0a${hex(b)}:${hex(c)}${hex(d)}`;
        const sixToFour = `2002:0a${hex(b)}:${hex(c)}${hex(d)}::1`;
        for (const address of [`10.${b}.${c}.${d}`, mapped, sixToFour]) {
          expect(isPublicAddress(address)).toBe(false);
        }
      }),
    );
  });
});
