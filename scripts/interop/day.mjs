// A day's work of the official JavaScript package: every call a backend makes, with its result checked.
// INTEROP_URL, INTEROP_APP_ID and INTEROP_ADMIN_TOKEN say where.
import assert from "node:assert/strict";
import { id, init, lookup } from "@instantdb/admin";

const { INTEROP_URL: apiURI, INTEROP_APP_ID: appId, INTEROP_ADMIN_TOKEN: adminToken } = process.env;
const db = init({ appId, adminToken, apiURI });

async function refused(call, type) {
  const error = await call.then(
    () => assert.fail(`expected ${type}`),
    (reason) => reason,
  );
  assert.equal(error.body?.type, type, JSON.stringify(error.body ?? String(error)));
}

// Writing and reading.
const [goal, other, todo] = [id(), id(), id()];
await db.transact([
  db.tx.goals[goal].create({ title: "Write", slug: "write", rank: 2, details: { a: { b: 1 }, list: [1, 2] } }),
  db.tx.goals[other].update({ title: "Read", slug: "read", rank: 1 }),
  db.tx.todos[todo].update({ text: "Begin" }).link({ goal }),
]);
await db.transact(db.tx.goals[goal].merge({ details: { a: { c: 2 } } }));
await db.transact(db.tx.goals[lookup("slug", "read")].update({ rank: 3 }));
const found = await db.query({
  goals: { $: { where: { rank: { $gte: 2 } }, order: { rank: "desc" } }, todos: {} },
});
assert.deepEqual(found.goals.map((each) => each.title), ["Read", "Write"]);
assert.deepEqual(found.goals[1].details, { a: { b: 1, c: 2 }, list: [1, 2] });
assert.deepEqual(found.goals[1].todos.map((each) => each.text), ["Begin"]);
const matched = await db.query({ goals: { $: { where: { or: [{ "todos.text": "Begin" }, { title: { $like: "R%" } }] } } } });
assert.equal(matched.goals.length, 2);
await refused(db.transact(db.tx.goals[id()].update({ title: "Copy", slug: "write" })), "record-not-unique");
await refused(db.transact(db.tx.goals[id()].update({ title: 5 })), "validation-failed");
await refused(db.transact(db.tx.goals[id()].update({ rank: 5 })), "validation-failed");

// Users, magic codes and tokens.
const { code } = await db.auth.generateMagicCode("ann@example.com");
const ann = await db.auth.verifyMagicCode("ann@example.com", code);
assert.equal(ann.email, "ann@example.com");
await refused(db.auth.verifyMagicCode("ann@example.com", code), "record-not-found");
assert.match((await db.auth.sendMagicCode("bob@example.com")).code, /^\d{6}$/);
assert.equal((await db.auth.verifyToken(ann.refresh_token)).id, ann.id);
const bobToken = await db.auth.createToken({ email: "bob@example.com" });
const bob = await db.auth.getUser({ email: "bob@example.com" });
assert.equal((await db.auth.verifyToken(bobToken)).id, bob.id);

// Acting as users, under the rules.
await db.transact(db.tx.goals[goal].link({ owner: ann.id }));
const asAnn = db.asUser({ token: ann.refresh_token });
assert.deepEqual((await asAnn.query({ goals: {} })).goals.map((each) => each.title), ["Write"]);
assert.equal((await db.asUser({ email: "bob@example.com" }).query({ goals: {} })).goals.length, 0);
assert.equal((await db.asUser({ guest: true }).query({ goals: {} }, { ruleParams: { key: "open" } })).goals.length, 2);
await asAnn.transact(db.tx.goals[goal].update({ rank: 9 }));
await refused(db.asUser({ guest: true }).transact(db.tx.goals[goal].update({ rank: 0 })), "permission-denied");
await refused(asAnn.transact(db.tx.goals[goal].delete()), "permission-denied");

// Trying rules out.
const seen = await asAnn.debugQuery({ goals: {} }, { rules: { goals: { allow: { view: "data.rank > 5" } } } });
assert.deepEqual(seen.result.goals.map((each) => each.title), ["Write"]);
assert.equal(seen.checkResults.length, 2);
const tried = await asAnn.debugTransact(db.tx.goals[goal].delete());
assert.equal(tried["all-checks-ok?"], false);

// Who is where, and the end of the day.
assert.deepEqual(await db.rooms.getPresence("chat", "lobby"), {});
await db.auth.signOut({ email: "ann@example.com" });
await refused(db.auth.verifyToken(ann.refresh_token), "record-not-found");
assert.equal((await db.auth.deleteUser({ email: "bob@example.com" })).id, bob.id);
assert.equal(await db.auth.getUser({ email: "bob@example.com" }), null);
await db.transact([db.tx.goals[goal].delete(), db.tx.goals[other].delete(), db.tx.todos[todo].delete()]);
assert.deepEqual(await db.query({ goals: {}, todos: {} }), { goals: [], todos: [] });
