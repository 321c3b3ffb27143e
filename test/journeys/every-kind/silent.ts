import { applicant } from "../../support/journey-registrant.ts";
import { newDomain } from "./elsewhere.ts";
import { checkType, goesOnWith, type Sentence } from "./story.ts";

/** The bureau says nothing while the type is checked: the registrant chooses. */
export const silentBureau: Sentence[] = [
  [
    "when the bureau does not answer the check, then the registrant chooses what to file",
    async (story) => {
      const { world, at } = story;
      world.simulator.order({ action: "set", settings: { fault: "down" } });
      const [{ certNo }, domain] = [applicant(story.way.js ? 401 : 402), newDomain(story, "silent")];
      await checkType(story, /^新增备案/, { certNo, domain });
      await at.sees("请选择要办理的类型");
      await at.reads("管局的查询系统现在没有回应");
      await at.looksRight("type check without an answer");
      await at.press("按这个类型办理");
      await at.isTakenToProblems("请选择要办理的类型");
      await at.page.getByRole("radio", { name: /^首次备案/ }).check();
      await at.goOn("按这个类型办理", "首次备案");
      await at.press("开始填写");
      goesOnWith(story);
      world.simulator.order({ action: "set", settings: { fault: "none" } });
    },
  ],
];
