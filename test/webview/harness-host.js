// Plays the editor: keeps what the view posts, answers its questions with `harness.answer`, keeps its state over a reload.
const key = 'harness-state';
globalThis.harness = {
  posted: [],
  answer: undefined,
  /** Answers to other questions, by method. */
  answers: {},
  state: () => JSON.parse(sessionStorage.getItem(key) ?? 'null'),
  send: (message) => window.postMessage(message, '*'),
  /** Shows a design: `answer` is what `vdc/topology` answers from now on. */
  show(answer) {
    this.answer = answer;
    this.send({ type: 'changed' });
  },
};
let asked = 0;
globalThis.acquireVsCodeApi = () => ({
  postMessage(message) {
    harness.posted.push(message);
    if (message.type === 'ready') harness.send({ type: 'design', uri: 'file:///storefront.vdc' });
    if (message.type !== 'ask') return;
    if (message.method !== 'vdc/topology') {
      harness.send({ type: 'answer', id: message.id, result: harness.answers[message.method] ?? null });
      return;
    }
    asked += 1;
    if (harness.answer) harness.send({ type: 'answer', id: message.id, result: harness.answer });
    else harness.send({ type: 'answer', id: message.id, result: { type: 'broken', broken: undefined } });
  },
  getState: () => harness.state() ?? undefined,
  setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
});
harness.asked = () => asked;
