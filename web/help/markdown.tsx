import { lexer, type Token, type Tokens } from "marked";
import { createContext, Fragment, type MouseEvent, type ReactNode, useContext } from "react";
import { headingOf } from "./article.ts";
import classes from "./help.module.css";

/** Where a link of ours leads, and what following it does. */
interface Following {
  /** Before each anchor, so that an article in a panel and one on the page under it do not share ids. */
  readonly prefix: string;
  readonly follow: (address: string) => void;
}

const FollowingContext = createContext<Following>({ prefix: "", follow: () => {} });

interface MarkdownProps extends Following {
  readonly text: string;
}

/** Markdown as elements. What the articles do not use, raw HTML above all, stays text. */
export function Markdown({ text, prefix, follow }: MarkdownProps) {
  return (
    <FollowingContext value={{ prefix, follow }}>
      <div className={classes["article"]}>{render(lexer(text))}</div>
    </FollowingContext>
  );
}

type Render = (token: never) => ReactNode;

const renderers: Record<string, Render> = {
  space: () => null,
  heading: ({ text }: Tokens.Heading) => <HeadingLine written={text} />,
  paragraph: ({ tokens }: Tokens.Paragraph) => <p>{render(tokens)}</p>,
  text: (token: Tokens.Text) => (token.tokens === undefined ? decode(token.text) : render(token.tokens)),
  strong: ({ tokens }: Tokens.Strong) => <strong>{render(tokens)}</strong>,
  em: ({ tokens }: Tokens.Em) => <em>{render(tokens)}</em>,
  codespan: ({ text }: Tokens.Codespan) => <code>{decode(text)}</code>,
  link: ({ href, tokens }: Tokens.Link) => <OwnLink href={href}>{render(tokens)}</OwnLink>,
  list: ({ ordered, items }: Tokens.List) => {
    const rows = items.map((item, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed
      <li key={at}>{render(item.tokens)}</li>
    ));
    return ordered ? <ol>{rows}</ol> : <ul>{rows}</ul>;
  },
  table: (token: Tokens.Table) => <Table {...token} />,
};

function render(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, at) => {
    const renderer = renderers[token.type] as ((token: Token) => ReactNode) | undefined;
    // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed
    return <Fragment key={at}>{renderer === undefined ? token.raw : renderer(token)}</Fragment>;
  });
}

/** The lexer escapes what would be HTML; elements do that themselves. */
function decode(text: string): string {
  const named: Record<string, string> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&amp;": "&",
  };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => named[entity] ?? entity);
}

function HeadingLine({ written }: { readonly written: string }) {
  const { prefix } = useContext(FollowingContext);
  const { text, anchor } = headingOf(written);
  return (
    <h2 id={anchor === undefined ? undefined : `${prefix}${anchor}`} tabIndex={-1}>
      {text}
    </h2>
  );
}

function OwnLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const { follow } = useContext(FollowingContext);
  if (!/^\/(?![/\\])/.test(href)) return children;
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    follow(href);
  };
  return (
    <a href={href} onClick={go}>
      {children}
    </a>
  );
}

function Table({ header, rows }: Tokens.Table) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard too
    <div
      className={classes["table"]}
      tabIndex={0}
      role="group"
      aria-label={header.map(({ text }) => text).join(", ")}
    >
      <table>
        <thead>
          <tr>
            {header.map(({ tokens, text }) => (
              <th key={text} scope="col">
                {render(tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed
            <tr key={at}>
              {cells.map(({ tokens }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed
                <td key={place}>{render(tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
