#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the botocore service models of amscm and amsskms that Assent installs for the AWS CLI and boto3.

The tables below state facts of the two APIs (operations, members, types); every text is Assent's own. Run it from the
repository's root after changing a table, and commit the result: scripts/generate-models.py
"""
import json
import pathlib

OUT = pathlib.Path("Sources/assent/Resources/Models")
EXCEPTIONS = {"IS": "InternalServerError", "IA": "InvalidArgumentException", "ST": "InvalidRfcStateException",
              "SC": "InvalidRfcScheduleException", "NF": "ResourceNotFoundException",
              "SQ": "ServiceQuotaExceededException"}

# Member notation: name, "!" when required, ":" and a shape; a string without one; "*" marks a sensitive string.
PAGE = "Locale MaxResults:Integer NextToken"
DRAFT = ("Description* ExecutionParameters* ExpectedOutcome* ImplementationPlan* Notification:RfcNotification "
         "RequestedStartTime RequestedEndTime RollbackPlan* WorstCaseScenario*")

AMSCM = {
    "meta": ("amscm", "AmsCm", "AWS Managed Services Change Management", "AWSEnergonService", "2020-05-21"),
    "operations": {
        "ApproveRfc": ("Approve an RFC that waits for the customer's approval.", "RfcId!", "", "IS IA ST NF"),
        "CancelRfc": ("Withdraw an RFC that has not begun.", "RfcId! Reason!*", "", "IS IA ST NF"),
        "CreateRfc": ("File a request for change; it stays in Editing until it is submitted.",
                      "ChangeTypeId! ChangeTypeVersion! Title!* " + DRAFT, "RfcId", "IS IA"),
        "CreateRfcAttachment": ("Attach a file to an RFC.", "RfcId! FileName! Content!:Blob",
                                "AttachmentId RfcId", "IS IA ST NF SQ"),
        "CreateRfcCorrespondence": ("Add a message to an RFC.", "RfcId! Content!* AttachmentIds:StringList",
                                    "CorrespondenceId RfcId", "IS IA ST NF"),
        "GetChangeTypeVersion": ("Show a version of a change type with its input schema.",
                                 "ChangeTypeId! Version Locale", "ChangeTypeVersion:ChangeTypeVersion", "IS IA NF"),
        "GetRfc": ("Show an RFC.", "RfcId! Locale", "Rfc:Rfc", "IS IA NF"),
        "GetRfcPlan": ("Show what an RFC will do, before anything exists: Assent's own addition.", "RfcId!",
                       "RfcId Approved:Boolean PlanHash Plan* KeyPolicy* AccessMatrix*", "IS IA NF"),
        "GetRfcAttachment": ("Show an attachment with its content.", "RfcId! AttachmentId!",
                             "RfcAttachment:RfcAttachment", "IS IA NF"),
        "ListChangeTypeCategories": ("List the categories of change types.", PAGE,
                                     "ChangeTypeCategories:StringList NextToken", "IS IA"),
        "ListChangeTypeClassificationSummaries": (
            "List where change types stand in the catalogue.", "Filters:FilterList " + PAGE,
            "ChangeTypeClassificationSummaries:ChangeTypeClassificationSummaryList NextToken", "IS IA"),
        "ListChangeTypeItems": ("List the items of a subcategory.", "Category! Subcategory! " + PAGE,
                                "ChangeTypeItems:StringList NextToken", "IS IA"),
        "ListChangeTypeOperations": ("List the operations of an item.", "Category! Subcategory! Item! " + PAGE,
                                     "ChangeTypeOperationSummaries:ChangeTypeOperationSummaryList NextToken", "IS IA"),
        "ListChangeTypeSubcategories": ("List the subcategories of a category.", "Category! " + PAGE,
                                        "ChangeTypeSubcategories:StringList NextToken", "IS IA"),
        "ListChangeTypeVersionSummaries": ("List the versions of a change type.",
                                           "Filters:FilterList MaxResults:Integer NextToken",
                                           "ChangeTypeVersionSummaries:ChangeTypeVersionSummaryList NextToken",
                                           "IS IA"),
        "ListRestrictedExecutionTimes": ("List the times in which no RFC may run.", "MaxResults:Integer NextToken",
                                         "RestrictedExecutionTimes:RestrictedExecutionTimeList NextToken", "IS IA"),
        "ListRfcAttachmentSummaries": ("List an RFC's attachments.", "Filters:FilterList " + PAGE,
                                       "RfcAttachmentSummaries:RfcAttachmentSummaryList NextToken", "IS IA NF"),
        "ListRfcCorrespondences": ("List an RFC's messages.", "Filters:FilterList " + PAGE,
                                   "RfcCorrespondences:RfcCorrespondenceList NextToken", "IS IA NF"),
        "ListRfcSummaries": ("List RFCs.", "Filters:FilterList " + PAGE
                             + " RequestedStartTimeRange:TimeRange RequestedEndTimeRange:TimeRange",
                             "RfcSummaries:RfcSummaryList NextToken", "IS IA"),
        "RejectRfc": ("Refuse an RFC that waits for the customer's approval.", "RfcId! Reason!*", "", "IS IA ST NF"),
        "SubmitRfc": ("Hand an RFC in for approval and execution.", "RfcId! RestrictedExecutionTimesOverrideId", "",
                      "IS IA SC ST NF"),
        "UpdateRestrictedExecutionTimes": ("Replace the times in which no RFC may run.",
                                           "RestrictedExecutionTimes!:RestrictedExecutionTimeList", "", "IS IA"),
        "UpdateRfc": ("Change an RFC that is not on its way.", "RfcId! Title* " + DRAFT, "", "IS IA ST NF"),
    },
    "pairs": ["AutomationStatus", "ChangeTypeAutomationStatus", "ChangeTypeAccessLevel",
              "ChangeTypeApprovalRequirement", "RfcStatus", "RfcActionState", "RfcApprovalStatus",
              "RfcRestrictedExecutionTimesOverride", "UserType"],
    "structures": {
        "ChangeTypeApprovalCondition": "AwsApproval:ChangeTypeApprovalRequirement "
                                       "CustomerApproval:ChangeTypeApprovalRequirement",
        "ChangeTypeClassificationSummary": "Category Subcategory Item Operation ChangeTypeId",
        "ChangeTypeOperationSummary": "ChangeTypeId Operation",
        "ChangeTypeVersion": "AccessLevel:ChangeTypeAccessLevel ApprovalCondition:ChangeTypeApprovalCondition "
                             "AutomationStatus:ChangeTypeAutomationStatus ChangeTypeId CreatedTime "
                             "DeprecationMessage DeprecationTime ExecutionInputSchema ExecutionOutputSchema "
                             "ExpectedExecutionDurationInMinutes:Integer Name Version",
        "ChangeTypeVersionSummary": "AccessLevel:ChangeTypeAccessLevel AutomationStatus:ChangeTypeAutomationStatus "
                                    "ChangeTypeId CreatedTime DeprecationTime Description Name Version",
        "Email": "EmailRecipients:SensitiveStringList",
        "Filter": "Attribute! Condition Value Values:StringList",
        "LinkedAttachment": "AttachmentId CreatedBy* CreatedTime FileName*",
        "RestrictedExecutionTime": "TimeRange:TimeRange",
        "Rfc": "ActionState:RfcActionState ActualExecutionTimeRange:TimeRange ApprovalState:RfcApprovalState "
               "AutomationStatus:AutomationStatus ChangeTypeId ChangeTypeVersion CreatedBy* CreatedTime Description* "
               "ExecutionOutput* ExecutionParameters* ExpectedOutcome* ImplementationPlan* LastCorrespondenceTime "
               "LastModifiedBy* LastModifiedTime LastSubmittedTime Notification:RfcNotification "
               "RequestedExecutionTimeRange:TimeRange "
               "RestrictedExecutionTimesOverride:RfcRestrictedExecutionTimesOverride RfcId RollbackPlan* "
               "Status:RfcStatus StatusReason* Title* WorstCaseScenario*",
        "RfcApprovalState": "AwsApprovalStatus:RfcApprovalStatus CustomerApprovalStatus:RfcApprovalStatus",
        "RfcAttachment": "AttachmentId Content:Blob ContentLengthInBytes:Integer ContentType CreatedBy* CreatedTime "
                         "FileName* RfcId",
        "RfcAttachmentSummary": "AttachmentId ContentLengthInBytes:Integer ContentType CreatedBy* CreatedTime "
                                "FileName* RfcId",
        "RfcCorrespondence": "Content* CorrespondenceId CreatedBy* CreatedTime LinkedAttachments:LinkedAttachmentList "
                             "RfcId UserType:UserType",
        "RfcNotification": "Email:Email",
        "RfcSummary": "ActionState:RfcActionState ActualExecutionTimeRange:TimeRange ApprovalState:RfcApprovalState "
                      "AutomationStatus:AutomationStatus ChangeTypeId ChangeTypeVersion CreatedBy* CreatedTime "
                      "LastCorrespondenceTime LastModifiedTime LastSubmittedTime "
                      "RequestedExecutionTimeRange:TimeRange RfcId Status:RfcStatus Title*",
        "TimeRange": "StartTime EndTime",
    },
}

AMSSKMS = {
    "meta": ("amsskms", "AmsSkms", "AWS Managed Services Service Knowledge Management", "SentinelProvisioningService",
             "2020-05-21"),
    "operations": {
        "GetStack": ("Show a stack.", "StackId!", "Stack:Stack", "IS IA NF"),
        "GetSubnet": ("Show a subnet.", "SubnetId!", "Subnet:Subnet", "IS IA NF"),
        "GetVpc": ("Show a VPC.", "VpcId!", "Vpc:Vpc", "IS IA NF"),
        "ListAmis": ("List the machine images of a VPC.", "VpcId! Filters:FilterList " + PAGE,
                     "Amis:AmiList NextToken", "IS IA"),
        "ListStackSummaries": ("List stacks.", "Filters:FilterList " + PAGE,
                               "StackSummaries:StackSummaryList NextToken", "IS IA"),
        "ListSubnetSummaries": ("List subnets.", "Filters:FilterList " + PAGE,
                                "SubnetSummaries:SubnetList NextToken", "IS IA"),
        "ListVpcSummaries": ("List VPCs.", "Filters:FilterList " + PAGE, "VpcSummaries:VpcSummaryList NextToken",
                             "IS IA"),
    },
    "pairs": ["StackStatus", "Visibility"],
    "structures": {
        "Ami": "AmiId Name Description Platform CreatedTime",
        "Filter": "Attribute! Condition Value Values:StringList",
        "KeyValue": "Key Value",
        "Stack": "StackId StackTemplateId Name Description VpcId Status:StackStatus CreatedTime Outputs:KeyValueList "
                 "Parameters:KeyValueList Tags:KeyValueList",
        "StackSummary": "StackId StackTemplateId Name VpcId CreatedTime",
        "Subnet": "SubnetId VpcId CidrBlock AvailableIpAddressCount:Integer Name Description Region "
                  "Visibility:Visibility CreatedTime LastModifiedTime",
        "Vpc": "VpcId Name Visibility:Visibility CreatedTime LastModifiedTime Description Region",
        "VpcSummary": "VpcId Name Visibility:Visibility CreatedTime LastModifiedTime",
    },
}


def structure(notation):
    """The structure shape of a member notation."""
    members, required = {}, []
    for word in notation.split():
        name, _, shape = word.partition(":")
        sensitive = name.endswith("*")
        name = name.rstrip("*")
        if name.endswith("!"):
            name = name[:-1]
            required.append(name)
        members[name] = {"shape": shape or ("SensitiveString" if sensitive else "String")}
    result = {"type": "structure"}
    if required:
        result["required"] = required
    result["members"] = members
    return result


def model(api):
    """The service model of an API table."""
    prefix, service_id, full_name, target, version = api["meta"]
    shapes = {
        "Blob": {"type": "blob"},
        "Boolean": {"type": "boolean"},
        "Integer": {"type": "integer"},
        "SensitiveString": {"type": "string", "sensitive": True},
        "SensitiveStringList": {"type": "list", "member": {"shape": "SensitiveString"}},
        "String": {"type": "string"},
        "StringList": {"type": "list", "member": {"shape": "String"}},
    }
    for name in api["pairs"]:
        shapes[name] = structure("Id Name")
    for name, notation in api["structures"].items():
        shapes[name] = structure(notation)
    operations = {}
    for name, (text, request, response, errors) in api["operations"].items():
        shapes[name + "Request"] = structure(request)
        shapes[name + "Response"] = structure(response)
        operations[name] = {
            "name": name,
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": name + "Request"},
            "output": {"shape": name + "Response"},
            "errors": [{"shape": EXCEPTIONS[code]} for code in errors.split()],
            "documentation": "<p>%s</p>" % text,
        }
    used = {member["shape"] for shape in shapes.values() for member in shape.get("members", {}).values()}
    for name in sorted(used - shapes.keys()):
        shapes[name] = {"type": "list", "member": {"shape": name.removesuffix("List")}}
    for code in sorted({code for op in api["operations"].values() for code in op[3].split()}):
        shapes[EXCEPTIONS[code]] = {**structure("Message"), "exception": True}
        if code == "IS":
            shapes[EXCEPTIONS[code]]["fault"] = True
    referenced = {"String"}
    referenced |= {m["shape"] for s in shapes.values() for m in s.get("members", {}).values()}
    referenced |= {s["member"]["shape"] for s in shapes.values() if s["type"] == "list"}
    referenced |= {o[k]["shape"] for o in operations.values() for k in ("input", "output")}
    referenced |= {e["shape"] for o in operations.values() for e in o["errors"]}
    return {
        "version": "2.0",
        "metadata": {
            "apiVersion": version,
            "endpointPrefix": prefix,
            "jsonVersion": "1.1",
            "protocol": "json",
            "serviceAbbreviation": prefix,
            "serviceFullName": full_name,
            "serviceId": service_id,
            "signatureVersion": "v4",
            "signingName": prefix,
            "targetPrefix": target,
            "uid": "%s-%s" % (prefix, version),
        },
        "documentation": "<p>%s, served by Assent.</p>" % full_name,
        "operations": operations,
        "shapes": {name: shapes[name] for name in sorted(shapes) if name in referenced},
    }


def main():
    for api in (AMSCM, AMSSKMS):
        path = OUT / api["meta"][0] / api["meta"][4] / "service-2.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(model(api), indent=2) + "\n")


if __name__ == "__main__":
    main()
