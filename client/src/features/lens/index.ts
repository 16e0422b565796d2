import { commands, type ExtensionContext } from 'vscode';
import { showArithmeticCommand, type WirePosition } from '../../../../server/src/protocol/requests.ts';
import { revealLocation } from '../../reveal.ts';

/** What a code lens does that shows a figure: the hover at its place shows how it was reckoned. */
export function activateLens(context: ExtensionContext): void {
  const showArithmetic = async (uri: string, position: WirePosition): Promise<void> => {
    await revealLocation({ uri, range: { start: position, end: position } }, 'focus');
    await commands.executeCommand('editor.action.showHover');
  };
  context.subscriptions.push(commands.registerCommand(showArithmeticCommand, showArithmetic));
}
