import "./roles.css";
import "@mantine/core/styles.layer.css";
import "./fonts.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { configureApi } from "./api.ts";
import { currentLanguage, preferredLanguage, startTexts } from "./i18n.ts";
import { queryClient } from "./query-client.ts";
import { router } from "./routes.tsx";
import { cssVariablesResolver, theme } from "./theme.ts";
import { Toasts } from "./ui/toast.tsx";

const schemes = localStorageColorSchemeManager({ key: "headroom-color-scheme" });

async function start(): Promise<void> {
  configureApi({
    language: currentLanguage,
    onSignedOut: () => {
      void queryClient.invalidateQueries({ queryKey: ["me"] });
      const { href } = router.state.location;
      if (!href.startsWith("/sign-in")) void router.navigate({ to: "/sign-in", search: { return: href } });
    },
  });
  await startTexts(preferredLanguage());
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

await start();
