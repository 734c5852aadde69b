variable "region" {
  description = "Region of everything; the documents do not leave it."
  type        = string
}

variable "environment" {
  description = "Such as test or production; part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.environment))
    error_message = "Two to twelve lower-case letters and digits, a letter first."
  }
}

variable "bucket_name" {
  description = "Name of the bucket that documents are dropped in; unique in the world."
  type        = string
}

variable "events_endpoint" {
  description = "HTTPS address that is told of new objects, such as https://claims.example.org/events/s3; null: nobody is told."
  type        = string
  default     = null

  validation {
    condition     = var.events_endpoint == null || can(regex("^https://", var.events_endpoint))
    error_message = "It must begin with https://."
  }
}

variable "events_secret_arn" {
  description = "Secret (Secrets Manager) whose value is sent with every event, in the header x-docpipeline-key: a key of ./run apikey create s3 --scope events; needed with events_endpoint."
  type        = string
  default     = null
}

variable "worker_role_arns" {
  description = "Who may take on the reader's role: the roles or users that the workers run as."
  type        = list(string)
}

variable "bedrock_model_arns" {
  description = "Models that may be asked; none: no model."
  type        = list(string)
  default     = []
}

variable "expire_after_days" {
  description = "Days after which old versions of objects are removed. The originals that count are kept by the pipeline itself."
  type        = number
  default     = 90
}

variable "alarm_topic_arn" {
  description = "SNS topic for alarms; null: alarms without a receiver."
  type        = string
  default     = null
}
