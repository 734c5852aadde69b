SELECT EXISTS (SELECT FROM docpipeline.account)
