# The role of whoever reads documents: this bucket, this key, and the services that read pages and texts. Nothing is written and nothing removed.

data "aws_iam_policy_document" "reader_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.worker_role_arns
    }
  }
}

resource "aws_iam_role" "reader" {
  name                 = "${local.name}-reader"
  assume_role_policy   = data.aws_iam_policy_document.reader_trust.json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "ListDocuments"
    actions   = ["s3:ListBucket", "s3:ListBucketVersions"]
    resources = [aws_s3_bucket.documents.arn]
  }

  statement {
    sid       = "ReadDocuments"
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = ["${aws_s3_bucket.documents.arn}/*"]
  }

  statement {
    sid       = "Decrypt"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.documents.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${var.region}.amazonaws.com"]
    }
  }

  # These services know no resources to name.
  statement {
    sid = "ReadPages"
    actions = [
      "textract:DetectDocumentText",
      "textract:AnalyzeDocument",
      "textract:StartDocumentTextDetection",
      "textract:GetDocumentTextDetection",
      "textract:StartDocumentAnalysis",
      "textract:GetDocumentAnalysis",
      "comprehend:DetectEntities",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = length(var.bedrock_model_arns) == 0 ? [] : [var.bedrock_model_arns]
    content {
      sid       = "AskModels"
      actions   = ["bedrock:InvokeModel"]
      resources = statement.value
    }
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "read-documents"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}
