type CubeRow = Readonly<Record<string, string | number | null>>;

/** Rows of a Cube query through the application's own address; waits while Cube prepares the answer. */
export async function askCubeAt(
  base: string,
  token: string,
  query: Readonly<Record<string, unknown>>,
): Promise<CubeRow[]> {
  for (;;) {
    const response = await fetch(`${base}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { error?: string; data?: CubeRow[] };
    if (answer.data) return answer.data;
    if (answer.error !== 'Continue wait') {
      throw new Error(`Cube answered ${response.status}: ${JSON.stringify(answer)}`);
    }
  }
}
