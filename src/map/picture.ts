import type { Map as MapLibreMap } from 'maplibre-gl';

/**
 * What the map shows, as one canvas `width` pixels wide. A WebGL canvas can be read only within the
 * frame that drew it, so one is drawn for this; marks on canvases of their own are laid over it.
 */
export function takePicture(map: MapLibreMap, width: number): Promise<HTMLCanvasElement> {
  return new Promise((resolve, reject) => {
    map.once('render', () => {
      const canvases = [...map.getContainer().querySelectorAll('canvas')];
      const { clientWidth, clientHeight } = map.getContainer();
      const picture = document.createElement('canvas');
      picture.width = width;
      picture.height = Math.round((width * clientHeight) / Math.max(clientWidth, 1));
      const context = picture.getContext('2d');
      if (!context) return reject(new Error('This browser cannot draw pictures.'));
      for (const canvas of canvases) {
        context.drawImage(canvas, 0, 0, picture.width, picture.height);
      }
      resolve(picture);
    });
    map.triggerRepaint();
  });
}
