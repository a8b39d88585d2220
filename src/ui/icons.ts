import activity from 'lucide-static/icons/activity.svg?raw';
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import bookmark from 'lucide-static/icons/bookmark.svg?raw';
import auto from 'lucide-static/icons/sparkles.svg?raw';
import building from 'lucide-static/icons/building-2.svg?raw';
import command from 'lucide-static/icons/command.svg?raw';
import calendar from 'lucide-static/icons/calendar.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import chevronUp from 'lucide-static/icons/chevron-up.svg?raw';
import circle from 'lucide-static/icons/circle-dot.svg?raw';
import close from 'lucide-static/icons/x.svg?raw';
import contrast from 'lucide-static/icons/contrast.svg?raw';
import clusters from 'lucide-static/icons/boxes.svg?raw';
import columns from 'lucide-static/icons/chart-column.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import corridor from 'lucide-static/icons/spline.svg?raw';
import crosshair from 'lucide-static/icons/crosshair.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import grip from 'lucide-static/icons/grip-vertical.svg?raw';
import help from 'lucide-static/icons/circle-question-mark.svg?raw';
import flame from 'lucide-static/icons/flame.svg?raw';
import hexagon from 'lucide-static/icons/hexagon.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import home from 'lucide-static/icons/house.svg?raw';
import imports from 'lucide-static/icons/file-down.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import key from 'lucide-static/icons/key-round.svg?raw';
import languages from 'lucide-static/icons/languages.svg?raw';
import lasso from 'lucide-static/icons/lasso.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import map from 'lucide-static/icons/map.svg?raw';
import mapPin from 'lucide-static/icons/map-pin.svg?raw';
import measureArea from 'lucide-static/icons/ruler-dimension-line.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import move from 'lucide-static/icons/move.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import polygon from 'lucide-static/icons/pentagon.svg?raw';
import redo from 'lucide-static/icons/redo-2.svg?raw';
import refresh from 'lucide-static/icons/refresh-cw.svg?raw';
import region from 'lucide-static/icons/land-plot.svg?raw';
import road from 'lucide-static/icons/route.svg?raw';
import scatter from 'lucide-static/icons/chart-scatter.svg?raw';
import ruler from 'lucide-static/icons/ruler.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import selectBox from 'lucide-static/icons/square-dashed.svg?raw';
import settings from 'lucide-static/icons/settings.svg?raw';
import signOut from 'lucide-static/icons/log-out.svg?raw';
import sized from 'lucide-static/icons/circle-dot.svg?raw';
import store from 'lucide-static/icons/store.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import table from 'lucide-static/icons/table-2.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import user from 'lucide-static/icons/user.svg?raw';
import users from 'lucide-static/icons/users.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';

/** The icons in use, as SVG text that is part of the build. */
export const icons = {
  activity,
  'arrow-left': arrowLeft,
  bookmark,
  auto,
  building,
  calendar,
  check,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'chevron-up': chevronUp,
  close,
  command,
  contrast,
  clusters,
  columns,
  copy,
  download,
  eye,
  'eye-off': eyeOff,
  grip,
  help,
  flame,
  hexagon,
  home,
  imports,
  info,
  key,
  languages,
  layers,
  lock,
  map,
  'map-pin': mapPin,
  moon,
  move,
  pause,
  pencil,
  play,
  plus,
  refresh,
  region,
  road,
  scatter,
  search,
  settings,
  'sign-out': signOut,
  sized,
  store,
  sun,
  table,
  trash,
  user,
  users,
  warning,
  circle,
  corridor,
  history,
  lasso,
  link,
  'measure-area': measureArea,
  polygon,
  redo,
  ruler,
  'select-box': selectBox,
  undo,
  crosshair,
} as const satisfies Record<string, string>;

export type IconName = keyof typeof icons;
