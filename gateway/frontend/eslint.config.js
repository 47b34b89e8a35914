// Strict by type, with a reason beside each rule that is changed.
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "tsconfig.worker.json", "tsconfig.node.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 8],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }], // markup is long, not deep
      "max-params": ["error", 6],
      "no-console": "error",
      "no-restricted-globals": [
        "error",
        { name: "localStorage", message: "What the phone keeps lies in store/database.ts." },
        { name: "sessionStorage", message: "What the phone keeps lies in store/database.ts." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.name='parseFloat']", message: "Money is whole paisa: domain/money.ts." },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is never markup here." },
      ],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }], // digits are meant
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }], // event handlers
    },
  },
  {
    files: ["tests/**"],
    rules: { "max-lines-per-function": "off" }, // a description lists its cases
  },
  {
    files: ["src/portal/draft.ts", "tests/portal.test.ts"],
    rules: { "no-restricted-globals": ["error", "localStorage"] }, // a draft ends with its tab
  },
  { files: ["eslint.config.js"], ...tseslint.configs.disableTypeChecked },
);
