/** A product of the demo's trade: making homes and workplaces comfortable. */
export type Product = {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly subcategory: string;
  readonly price: number;
  readonly cost: number;
};

type Line = readonly [subcategory: string, lowestPrice: number, names: readonly string[]];

const RANGE: Record<string, readonly Line[]> = {
  Heating: [
    ['Heat pumps', 1_450, ['Aero 4', 'Aero 6', 'Aero 9', 'Terra 8']],
    ['Radiators', 89, ['Slim 60', 'Slim 90', 'Column 120', 'Floor 200']],
    ['Thermostats', 49, ['Dial', 'Touch', 'Zone', 'Zone Pro']],
  ],
  Solar: [
    ['Panels', 119, ['Mono 410', 'Mono 430', 'Black 440', 'Glass 450']],
    ['Inverters', 420, ['String 3', 'String 5', 'Hybrid 6', 'Hybrid 10']],
    ['Batteries', 1_250, ['Cell 3', 'Cell 5', 'Cell 10', 'Rack 20']],
  ],
  Insulation: [
    ['Roof', 24, ['Wool 10', 'Wool 16', 'Board 8', 'Board 12']],
    ['Walls', 19, ['Cavity', 'Panel', 'Cork', 'Hemp']],
    ['Floor', 15, ['Foil', 'Foam 5', 'Foam 8', 'Shell']],
  ],
  Windows: [
    ['Glazing', 79, ['Double', 'Triple', 'Acoustic', 'Solar control']],
    ['Frames', 210, ['Pine', 'Oak', 'Aluminium', 'Composite']],
    ['Shading', 59, ['Screen', 'Awning', 'Shutter', 'Louvre']],
  ],
  Bathroom: [
    ['Taps', 45, ['Arc', 'Line', 'Thermo', 'Sensor']],
    ['Showers', 120, ['Rain', 'Corner', 'Walk-in', 'Recycle']],
    ['Boilers', 240, ['30 l', '80 l', '120 l', '200 l']],
  ],
  Lighting: [
    ['Indoor', 12, ['Spot', 'Pendant', 'Track', 'Panel 60']],
    ['Outdoor', 26, ['Wall', 'Path', 'Flood', 'Solar post']],
    ['Lamps', 4, ['E14', 'E27', 'GU10', 'Tube 120']],
  ],
  Garden: [
    ['Paving', 14, ['Clay', 'Slate', 'Gravel bag', 'Grass tile']],
    ['Water', 22, ['Rain barrel', 'Hose 25', 'Drip set', 'Pump']],
    ['Tools', 18, ['Spade', 'Shears', 'Trimmer', 'Mower']],
  ],
  Charging: [
    ['Home', 480, ['Plug 7', 'Plug 11', 'Plug 22', 'Duo 22']],
    ['Cables', 69, ['5 m', '7 m', '10 m', 'Coil']],
    ['Business', 1_900, ['Post 22', 'Post 44', 'Fast 60', 'Fast 120']],
  ],
  Safety: [
    ['Alarms', 17, ['Smoke', 'Heat', 'CO', 'Link set']],
    ['Locks', 35, ['Cylinder', 'Three-point', 'Smart', 'Keypad']],
    ['Cameras', 75, ['Door', 'Dome', 'Bullet', 'Recorder']],
  ],
  Service: [
    ['Maintenance', 65, ['Boiler check', 'Heat pump check', 'Panel clean', 'Gutter clean']],
    ['Advice', 95, ['Energy scan', 'Label', 'Design hour', 'Permit']],
    ['Installation', 140, ['Half day', 'Full day', 'Two days', 'Crew day']],
  ],
};

const CENTS = [0.95, 0.5, 0, 0.9];

/** The catalogue: ten categories, three kinds in each, four sizes of a kind. */
export const PRODUCTS: readonly Product[] = Object.entries(RANGE).flatMap(([category, lines], c) =>
  lines.flatMap(([subcategory, lowest, names], l) =>
    names.map((name, n) => {
      const price = Math.round(lowest * [1, 1.45, 2.1, 3.2][n]!) - 1 + CENTS[(l + n) % 4]!;
      const margin = category === 'Service' ? 0.52 : 0.27 + 0.03 * ((c + l + n) % 6);
      return {
        id: (c * 3 + l) * 4 + n + 1,
        name: `${subcategory} ${name}`,
        category,
        subcategory,
        price,
        cost: Math.round(price * (1 - margin) * 100) / 100,
      };
    }),
  ),
);
