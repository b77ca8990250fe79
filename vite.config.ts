import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Packages change more seldom than the screens: browsers keep them over an upgrade.
          groups: [{ name: "react", test: /node_modules\/(react|react-dom|scheduler)\// }],
        },
      },
    },
  },
});
