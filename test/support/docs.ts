/** `npm run docs`: writes the documents that are rendered from the code. */
import { writeFileSync } from "node:fs";
import { projectPath } from "../../src/lib/project.ts";
import { workflowDocument } from "../../src/models/filing/workflow-doc.ts";
import { rulesDocument } from "../../src/rules/rules-doc.ts";

writeFileSync(projectPath("src/models/filing/workflow.md"), workflowDocument());
writeFileSync(projectPath("src/rules/rules.md"), rulesDocument());
