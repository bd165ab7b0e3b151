-- SPDX-License-Identifier: Apache-2.0
-- A database as the first schema left it; never to be changed.
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE rfc (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    change_type_id TEXT NOT NULL,
    change_type_version TEXT NOT NULL,
    automation TEXT NOT NULL,
    created_by TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    submitted_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    requested_start INTEGER,
    requested_end INTEGER,
    version INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX rfc_by_creation ON rfc (account, created_at DESC, id DESC);
CREATE INDEX rfc_by_status ON rfc (account, status, created_at DESC, id DESC);
CREATE INDEX rfc_by_change_type ON rfc (account, change_type_id, created_at DESC, id DESC);
CREATE INDEX rfc_by_modification ON rfc (account, modified_at);
CREATE INDEX rfc_by_start ON rfc (account, requested_start) WHERE requested_start IS NOT NULL;
CREATE TABLE rfc_event (
    rfc_id TEXT NOT NULL REFERENCES rfc (id),
    sequence INTEGER NOT NULL,
    time INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (rfc_id, sequence)
) STRICT;
CREATE TABLE work (
    rfc_id TEXT NOT NULL PRIMARY KEY REFERENCES rfc (id),
    account TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX work_by_due ON work (due_at, rfc_id);
CREATE TABLE embedded_record (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE TABLE access_key (
    id TEXT NOT NULL PRIMARY KEY,
    principal TEXT NOT NULL,
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    is_active INTEGER NOT NULL
) STRICT;
INSERT INTO grdb_migrations VALUES ('0001');
INSERT INTO rfc VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', '123456789012', 1795521600000, 'Success', 'ct-1d84keiri1jhg', '1.0', 'Automated', 'arn:aws:iam::123456789012:user/alice', 'my-app-key', 1795521600000, 1795521600000, 1795521600000, 1795521600000, NULL, NULL, 5, '{"formatVersion":1,"id":"6cb4bd5a-a816-bd1a-c49c-000000000001","account":"123456789012","changeTypeID":"ct-1d84keiri1jhg","changeTypeVersion":"1.0","automation":"Automated","expectedDurationMinutes":60,"draft":{"title":"my-app-key","executionParameters":"{\"Description\":\"Test description\",\"VpcId\":\"vpc-12345678901234567\",\"Name\":\"TestStack\",\n \"StackTemplateId\":\"stm-enf1j068fhg34vugt\",\"TimeoutInMinutes\":60,\"Parameters\":{\"Description\":\"Test key\"}}"},"status":"Success","actionState":"NoActionPending","approval":{"aws":"Approved","customer":"NotRequired"},"restrictedTimesOverride":"NoOverrides","planHash":"dbeb5dff5aee155a770c53c2060ef04046f765215ecefc68689b14df78c27340","executionOutput":"{}","createdBy":"arn:aws:iam::123456789012:user/alice","createdAt":1795521600000,"modifiedBy":"arn:aws:iam::123456789012:role/assent-executor","modifiedAt":1795521600000,"submittedAt":1795521600000,"startedAt":1795521600000,"endedAt":1795521600000,"version":5}');
INSERT INTO rfc VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000002', '123456789012', 1795521540000, 'PendingApproval', 'ct-1d84keiri1jhg', '1.0', 'Automated', 'arn:aws:iam::123456789012:user/alice', 'my-app-key', 1795521600000, 1795521600000, NULL, NULL, NULL, NULL, 2, '{"formatVersion":1,"id":"6cb4bd5a-a816-bd1a-c49c-000000000002","account":"123456789012","changeTypeID":"ct-1d84keiri1jhg","changeTypeVersion":"1.0","automation":"Automated","expectedDurationMinutes":60,"draft":{"title":"my-app-key","executionParameters":"{\"Description\":\"Test description\",\"VpcId\":\"vpc-12345678901234567\",\"Name\":\"TestStack\",\n \"StackTemplateId\":\"stm-enf1j068fhg34vugt\",\"TimeoutInMinutes\":60,\"Parameters\":{\"Description\":\"Test key\"}}"},"status":"PendingApproval","actionState":"AwsActionPending","approval":{"aws":"ApprovalPending","customer":"NotRequired"},"restrictedTimesOverride":"NoOverrides","createdBy":"arn:aws:iam::123456789012:user/alice","createdAt":1795521540000,"modifiedBy":"arn:aws:iam::123456789012:user/alice","modifiedAt":1795521600000,"submittedAt":1795521600000,"version":2}');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', 0, 1795521600000, 'arn:aws:iam::123456789012:user/alice', 'created', '{"id":"6cb4bd5a-a816-bd1a-c49c-000000000001","account":"123456789012","changeTypeID":"ct-1d84keiri1jhg","changeTypeVersion":"1.0","automation":"Automated","expectedDurationMinutes":60,"draft":{"title":"my-app-key","executionParameters":"{\"Description\":\"Test description\",\"VpcId\":\"vpc-12345678901234567\",\"Name\":\"TestStack\",\n \"StackTemplateId\":\"stm-enf1j068fhg34vugt\",\"TimeoutInMinutes\":60,\"Parameters\":{\"Description\":\"Test key\"}}"}}', X'31F45D619480A8EF4FF20116BB39659917921DEDF28D2187F1EA417D7DDFFC08');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', 1, 1795521600000, 'arn:aws:iam::123456789012:user/alice', 'submitted', '{"override":"NoOverrides","approvals":{"aws":"ApprovalPending","customer":"NotRequired"}}', X'6B30ABCDEEFCBEAEF9C88ED912F0BE71644C8CB6D5CC9562BE2C76D1D52B9F23');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', 2, 1795521600000, 'arn:aws:iam::123456789012:role/assent-executor', 'plan-approved', '{"hash":"dbeb5dff5aee155a770c53c2060ef04046f765215ecefc68689b14df78c27340","plan":{"action":{"kind":"delete-stack","stack_name":"stack-a1b2c3d4e5f6g7h8i","client_request_token":"6cb4bd5a-a816-bd1a-c49c-000000000001","timeout_minutes":30},"findings":[]}}', X'69196E236821FCE8C20EE88339DAD9E1B562C0B9D12C471A876529B6A795B568');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', 3, 1795521600000, 'arn:aws:iam::123456789012:role/assent-executor', 'started', '{}', X'1B6974F2AB2E4587B80247C9206C37C42A07EC90268EFF090DAD178BAF0423D0');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000001', 4, 1795521600000, 'arn:aws:iam::123456789012:role/assent-executor', 'succeeded', '{"output":"{}"}', X'3478B714FFC13D6BF8F862A8452DFC00E349091BC21C7027D77884C145ED6E2D');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000002', 0, 1795521540000, 'arn:aws:iam::123456789012:user/alice', 'created', '{"id":"6cb4bd5a-a816-bd1a-c49c-000000000002","account":"123456789012","changeTypeID":"ct-1d84keiri1jhg","changeTypeVersion":"1.0","automation":"Automated","expectedDurationMinutes":60,"draft":{"title":"my-app-key","executionParameters":"{\"Description\":\"Test description\",\"VpcId\":\"vpc-12345678901234567\",\"Name\":\"TestStack\",\n \"StackTemplateId\":\"stm-enf1j068fhg34vugt\",\"TimeoutInMinutes\":60,\"Parameters\":{\"Description\":\"Test key\"}}"}}', X'8EFE519B15A1B273162D978DD1B56150CA0A53EB4A3E02664C04C7B437BF366A');
INSERT INTO rfc_event VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000002', 1, 1795521600000, 'arn:aws:iam::123456789012:user/alice', 'submitted', '{"override":"NoOverrides","approvals":{"aws":"ApprovalPending","customer":"NotRequired"}}', X'92EC6D02497FE89890314C988924360A00A82FE86D068AA5ACBEE793461DCC9F');
INSERT INTO work VALUES ('6cb4bd5a-a816-bd1a-c49c-000000000002', '123456789012', 1795521600000, 2, 0);
