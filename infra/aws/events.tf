# New object -> EventBridge -> API destination. What cannot be delivered within a day lies in a queue, and an alarm says so.

locals {
  is_told = var.events_endpoint == null ? 0 : 1
}

data "aws_secretsmanager_secret_version" "events" {
  count     = local.is_told
  secret_id = var.events_secret_arn
}

resource "aws_cloudwatch_event_connection" "pipeline" {
  count              = local.is_told
  name               = local.name
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-docpipeline-key"
      value = data.aws_secretsmanager_secret_version.events[0].secret_string
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "pipeline" {
  count                            = local.is_told
  name                             = local.name
  connection_arn                   = aws_cloudwatch_event_connection.pipeline[0].arn
  invocation_endpoint              = var.events_endpoint
  http_method                      = "POST"
  invocation_rate_limit_per_second = 50
}

resource "aws_cloudwatch_event_rule" "created" {
  count       = local.is_told
  name        = "${local.name}-object-created"
  description = "New objects in the bucket of documents"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [aws_s3_bucket.documents.id] } }
  })
}

resource "aws_cloudwatch_event_target" "pipeline" {
  count    = local.is_told
  rule     = aws_cloudwatch_event_rule.created[0].name
  arn      = aws_cloudwatch_event_api_destination.pipeline[0].arn
  role_arn = aws_iam_role.events[0].arn
  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }
  dead_letter_config {
    arn = aws_sqs_queue.undelivered[0].arn
  }
}

resource "aws_sqs_queue" "undelivered" {
  count                     = local.is_told
  name                      = "${local.name}-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "undelivered" {
  count = local.is_told
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered[0].arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.created[0].arn]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  count     = local.is_told
  queue_url = aws_sqs_queue.undelivered[0].id
  policy    = data.aws_iam_policy_document.undelivered[0].json
}

data "aws_iam_policy_document" "events_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "events" {
  count              = local.is_told
  name               = "${local.name}-events"
  assume_role_policy = data.aws_iam_policy_document.events_trust.json
}

resource "aws_iam_role_policy" "events" {
  count = local.is_told
  name  = "call-the-pipeline"
  role  = aws_iam_role.events[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:InvokeApiDestination"
      Resource = aws_cloudwatch_event_api_destination.pipeline[0].arn
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  count               = local.is_told
  alarm_name          = "${local.name}-undelivered"
  alarm_description   = "Events about new documents could not be delivered: look at the queue, then hand the objects in again."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.undelivered[0].name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}
