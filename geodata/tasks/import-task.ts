import type { ImportCheck } from '../check/check-import.js';
import type { ImportSource } from '../importer.js';
import type { ExaminedFile, UnreadableFile } from '../kinds/examine-file.js';
import type { SourceOptions } from '../readers/open-source.js';
import type { ImportReport } from '../report/import-record.js';

/** How a file is to be read, checked or loaded. */
export type ImportOrder = {
  readonly importer: string;
  readonly source: ImportSource;
  readonly options: Readonly<Record<string, unknown>>;
  readonly userId?: string | undefined;
};

/** Work on a file that a server has done apart from answering requests. */
export type ImportTask =
  | {
      readonly kind: 'examine';
      readonly file: string;
      readonly options: Pick<
        SourceOptions,
        'separator' | 'quote' | 'encoding' | 'headerLine' | 'layer' | 'crs' | 'axes' | 'geometry'
      >;
    }
  | ({ readonly kind: 'check' } & ImportOrder)
  | ({
      readonly kind: 'load';
      /** Folder of the files of rejected rows; that of an import is `42.csv`. */
      readonly rejectedFolder: string;
    } & ImportOrder);

/** What a task answers, by its kind. */
export type TaskResults = {
  readonly examine: ExaminedFile | UnreadableFile;
  readonly check: ImportCheck;
  readonly load: { readonly report: ImportReport; readonly rejectedKept: number };
};

/** How far a task is. */
export type TaskProgress = {
  readonly label: string;
  readonly rows: number;
  /** 0 to 1; null where it cannot be known. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
};

export type TaskListener = {
  readonly onProgress?: (progress: TaskProgress) => void;
  /** Told the number of the report as soon as there is one. */
  readonly onStart?: (importId: number) => void;
  readonly signal?: AbortSignal;
};

/** Has tasks done; in a process of their own, or in this one. */
export type ImportTasks = {
  /** Rejects with an Error whose message may be shown; with the reason of the signal where that was aborted. */
  run<Task extends ImportTask>(
    task: Task,
    listener: TaskListener,
  ): Promise<TaskResults[Task['kind']]>;
};
