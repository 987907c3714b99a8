// What is said to the sandbox with the official client: one conversation a run, its answer on stdout as JSON.
import * as azdev from "azure-devops-node-api";
import { WorkItemErrorPolicy, WorkItemExpand, QueryExpand } from "azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js";
import { DeploymentStatus } from "azure-devops-node-api/interfaces/ReleaseInterfaces.js";
import { BuildStatus } from "azure-devops-node-api/interfaces/BuildInterfaces.js";
import { TestRunState } from "azure-devops-node-api/interfaces/TestInterfaces.js";

const PROJECT = "MHHS";
const [, , conversation, base, token, id] = process.argv;
const service = new azdev.WebApi(base, azdev.getPersonalAccessTokenHandler(token));

const set = (name, value) => ({ op: "add", path: `/fields/${name}`, value });
const expect = (rev) => ({ op: "test", path: "/rev", value: rev });

const conversations = {
  async connect() {
    const data = await service.connect();
    return data.authenticatedUser.providerDisplayName;
  },

  async read() {
    const boards = await service.getWorkItemTrackingApi();
    const query = "SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project";
    const found = await boards.queryByWiql({ query }, { project: PROJECT }, true, 10);
    const ids = found.workItems.map((item) => item.id);
    const batch = { ids: [...ids, 99], fields: ["System.Title"], errorPolicy: WorkItemErrorPolicy.Omit };
    const items = await boards.getWorkItemsBatch(batch, PROJECT);
    return items.filter(Boolean).map((item) => [item.id, item.rev, item.fields["System.Title"]]);
  },

  async write() {
    const boards = await service.getWorkItemTrackingApi();
    const made = await boards.createWorkItem({}, [set("System.Title", "5.2.16.0 to SIT-A")], PROJECT, "Request for Change");
    const change = [expect(made.rev), set("System.State", "Approved")];
    const changed = await boards.updateWorkItem({}, change, made.id);
    const refusal = await boards.updateWorkItem({}, change, made.id).catch((error) => error.statusCode);
    return { made: made.rev, changed: changed.rev, state: changed.fields["System.State"], refusal };
  },

  async feed() {
    const boards = await service.getWorkItemTrackingApi();
    const page = await boards.readReportingRevisionsGet(PROJECT, ["System.Id", "System.State"]);
    const next = await boards.readReportingRevisionsGet(PROJECT, undefined, undefined, page.continuationToken);
    return { rows: page.values.map((row) => [row.id, row.rev]), last: page.isLastBatch, then: next.values.length };
  },

  async comment() {
    const boards = await service.getWorkItemTrackingApi();
    const said = await boards.addComment({ text: "confirm 5.2.16.0" }, PROJECT, Number(id));
    const all = await boards.getComments(PROJECT, Number(id), 10);
    return { said: said.text, all: all.comments.map((comment) => comment.createdBy.displayName) };
  },

  async batch() {
    const boards = await service.getWorkItemTrackingApi();
    const headers = { "Content-Type": "application/json-patch+json" };
    const part = (number, body) => ({ method: "PATCH", uri: `/_apis/wit/workitems/${number}?api-version=7.1`, headers, body });
    const parts = [part(id, [expect(1), set("System.State", "Resolved")]), part(99, [set("System.State", "Resolved")])];
    const answer = await boards.rest.update(`${base}/_apis/wit/$batch?api-version=7.1`, parts);
    const bodies = answer.result.value.map((one) => JSON.parse(one.body));
    return { codes: answer.result.value.map((one) => one.code), state: bodies[0].fields["System.State"] };
  },

  async links() {
    const boards = await service.getWorkItemTrackingApi();
    const other = await boards.createWorkItem({}, [set("System.Title", "other")], PROJECT, "Bug");
    const related = { rel: "System.LinkTypes.Related", url: other.url, attributes: { comment: "5.2.16.0, carried" } };
    const linked = await boards.updateWorkItem({}, [{ op: "add", path: "/relations/-", value: related }], Number(id));
    const seen = await boards.getWorkItem(other.id, undefined, undefined, WorkItemExpand.Relations);
    const page = await boards.getReportingLinksByLinkType(PROJECT);
    return { rev: linked.rev, seen: seen.relations[0].attributes.comment, told: page.values[0].targetId === other.id };
  },

  async process() {
    const project = await (await service.getCoreApi()).getProject(PROJECT, true);
    const processes = await service.getWorkItemTrackingProcessApi();
    const states = await processes.getStateDefinitions(project.capabilities.processTemplate.templateTypeId, "MHHSAgile.Bug");
    return states.map((state) => [state.name, state.stateCategory]);
  },

  async tests() {
    const tests = await service.getTestApi();
    const runs = await tests.getTestRuns(PROJECT, `vstfs:///Build/Build/${id}`, undefined, undefined, undefined, true);
    const [first, last] = [new Date("2026-12-06T00:00:00Z"), new Date("2026-12-08T00:00:00Z")];
    const running = await tests.queryTestRuns(PROJECT, first, last, TestRunState.InProgress);
    const one = await tests.getTestRunById(PROJECT, runs[0].id);
    return {
      runs: runs.map((run) => [run.name, run.state, run.passedTests, run.unanalyzedTests]),
      running: running.map((run) => run.name),
      build: one.build.id === id,
    };
  },

  async queries() {
    const boards = await service.getWorkItemTrackingApi();
    const wiql = "select [System.Id] from WorkItems where [System.State] = 'New'";
    await boards.createQuery({ name: "Shunter", isFolder: true }, PROJECT, "Shared Queries");
    const made = await boards.createQuery({ name: "Waiting", wiql }, PROJECT, "Shared Queries/Shunter");
    const changed = await boards.updateQuery({ name: "Waiting for us" }, PROJECT, made.id);
    const shared = await boards.getQuery(PROJECT, "Shared Queries", QueryExpand.Wiql, 2);
    const found = await boards.queryById(made.id, { project: PROJECT });
    const kept = shared.children[0].children[0];
    return { name: changed.name, path: kept.path, wiql: kept.wiql === wiql, found: found.workItems.length };
  },

  async wiki() {
    const wiki = await service.getWikiApi();
    const project = await (await service.getCoreApi()).getProject(PROJECT);
    const made = await wiki.createWiki({ name: "MHHS.wiki", projectId: project.id, type: 0 }, PROJECT);
    const all = await wiki.getAllWikis(PROJECT);
    return { made: made.name, all: all.map((one) => one.name) };
  },

  async page() {
    const wiki = await service.getWikiApi();
    const stream = await wiki.getPageText(PROJECT, "MHHS.wiki", "/SIT-A");
    let text = "";
    for await (const piece of stream) text += piece;
    return text;
  },

  async deployments() {
    const agents = await service.getTaskAgentApi();
    const [environment] = await agents.getEnvironments(PROJECT, "SIT-A");
    const records = await agents.getEnvironmentDeploymentExecutionRecords(PROJECT, environment.id, undefined, 5);
    const builds = await service.getBuildApi();
    const build = await builds.getBuild(PROJECT, records[0].owner.id);
    const completed = await builds.getBuilds(
      PROJECT, [build.definition.id], undefined, undefined, undefined, undefined, undefined, undefined, BuildStatus.Completed,
    );
    const releases = await service.getReleaseApi();
    const released = await releases.getDeployments(
      PROJECT, undefined, undefined, undefined, undefined, undefined, DeploymentStatus.Succeeded,
    );
    return {
      records: records.map((record) => [record.owner.name, record.finishTime !== undefined]),
      build: build.buildNumber,
      completed: completed.length,
      released: released.map((one) => one.release.name),
    };
  },
};

console.log(JSON.stringify(await conversations[conversation]()));
