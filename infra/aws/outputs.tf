output "bucket" {
  description = "Documents are dropped here."
  value       = aws_s3_bucket.documents.id
}

output "reader_role_arn" {
  description = "The role that workers take on to read."
  value       = aws_iam_role.reader.arn
}

output "undelivered_queue_url" {
  description = "Events that could not be delivered; null where nobody is told."
  value       = one(aws_sqs_queue.undelivered[*].id)
}
