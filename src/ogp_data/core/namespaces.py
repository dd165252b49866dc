"""The vocabularies of catalogues as pyoxigraph's terms; those of `WHOLE` have all the terms of their specification."""

from __future__ import annotations

from functools import lru_cache

from ogp_data.core.terms import RDF, RDFS, XSD, Iri, Vocabulary

AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Before the name of each of the EU's tables."""

ADMS = Vocabulary(
    "http://www.w3.org/ns/adms#",
    "Asset AssetDistribution AssetRepository Identifier identifier includedAsset interoperabilityLevel last next"
    " prev representationTechnique sample schemaAgency schemeAgency status supportedSchema translation"
    " versionNotes",
)
DCAT = Vocabulary(
    "http://www.w3.org/ns/dcat#",
    "Catalog CatalogRecord DataService Dataset DatasetSeries Distribution Relationship Resource Role"
    " accessService accessURL bbox byteSize catalog centroid compressFormat contactPoint dataset distribution"
    " downloadURL endDate endpointDescription endpointURL first hadRole hasCurrentVersion hasVersion inSeries"
    " isVersionOf keyword landingPage last mediaType next packageFormat prev previousVersion qualifiedRelation"
    " record resource seriesMember servesDataset service spatialResolutionInMeters startDate temporalResolution"
    " theme themeTaxonomy version",
)
DCATAP = Vocabulary(
    "http://data.europa.eu/r5r/",
    "applicableLegislation availability hvdCategory",
)
DCT = Vocabulary(
    "http://purl.org/dc/terms/",
    "Agent AgentClass BibliographicResource Box DCMIType DDC FileFormat Frequency IMT ISO3166 ISO639-2 ISO639-3"
    " Jurisdiction LCC LCSH LicenseDocument LinguisticSystem Location LocationPeriodOrJurisdiction MESH MediaType"
    " MediaTypeOrExtent MethodOfAccrual MethodOfInstruction NLM Period PeriodOfTime PhysicalMedium"
    " PhysicalResource Point Policy ProvenanceStatement RFC1766 RFC3066 RFC4646 RFC5646 RightsStatement"
    " SizeOrDuration Standard TGN UDC URI W3CDTF abstract accessRights accrualMethod accrualPeriodicity"
    " accrualPolicy alternative audience available bibliographicCitation conformsTo contributor coverage created"
    " creator date dateAccepted dateCopyrighted dateSubmitted description educationLevel extent format hasFormat"
    " hasPart hasVersion identifier instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy"
    " isRequiredBy isVersionOf issued language license mediator medium modified provenance publisher references"
    " relation replaces requires rights rightsHolder source spatial subject tableOfContents temporal title type"
    " valid",
)
DQV = Vocabulary(
    "http://www.w3.org/ns/dqv#",
    "Category Dimension Metric QualityAnnotation QualityCertificate QualityMeasurement QualityMeasurementDataset"
    " QualityMetadata QualityPolicy UserQualityFeedback computedOn expectedDataType hasQualityAnnotation"
    " hasQualityMeasurement hasQualityMetadata inCategory inDimension isMeasurementOf precision qualityAssessment"
    " value",
)
ELI = Vocabulary(
    "http://data.europa.eu/eli/ontology#",
    "LegalResource",
)
FOAF = Vocabulary(
    "http://xmlns.com/foaf/0.1/",
    "Agent Document Group Image LabelProperty OnlineAccount OnlineChatAccount OnlineEcommerceAccount"
    " OnlineGamingAccount Organization Person PersonalProfileDocument Project account accountName"
    " accountServiceHomepage age aimChatID based_near birthday currentProject depiction depicts dnaChecksum"
    " familyName family_name firstName focus fundedBy geekcode gender givenName givenname holdsAccount homepage"
    " icqChatID img interest isPrimaryTopicOf jabberID knows lastName logo made maker mbox mbox_sha1sum member"
    " membershipClass msnChatID myersBriggs name nick openid page pastProject phone plan primaryTopic publications"
    " schoolHomepage sha1 skypeID status surname theme thumbnail tipjar title topic topic_interest weblog"
    " workInfoHomepage workplaceHomepage yahooChatID",
)
GEO = Vocabulary(
    "http://www.opengis.net/ont/geosparql#",
    "Feature Geometry asGML asGeoJSON asKML asWKT geoJSONLiteral gmlLiteral hasGeometry kmlLiteral wktLiteral",
)
HYDRA = Vocabulary(
    "http://www.w3.org/ns/hydra/core#",
    "ApiDocumentation BaseUriSource BasicRepresentation Class Collection Error ExplicitRepresentation IriTemplate"
    " IriTemplateMapping Link LinkContext Operation PagedCollection PartialCollectionView Resource Rfc3986"
    " Rfc6570Template Status SupportedProperty TemplatedLink VariableRepresentation apiDocumentation collection"
    " description entrypoint expects expectsHeader first firstPage freetextQuery itemsPerPage last lastPage limit"
    " manages mapping member memberAssertion method next nextPage object offset operation pageIndex pageReference"
    " possibleStatus previous previousPage property readable required resolveRelativeUsing returns returnsHeader"
    " search statusCode subject supportedClass supportedOperation supportedProperty template title totalItems"
    " variable variableRepresentation view writable writeable",
)
LOCN = Vocabulary(
    "http://www.w3.org/ns/locn#",
    "Address Geometry address addressArea addressId adminUnitL1 adminUnitL2 fullAddress geographicName geometry"
    " location locatorDesignator locatorName poBox postCode postName thoroughfare",
)
ODRL = Vocabulary(
    "http://www.w3.org/ns/odrl/2/",
    "Action Agreement All All2ndConnections AllConnections AllGroups Assertion Asset AssetCollection AssetScope"
    " ConflictTerm Constraint Duty Group Individual LeftOperand LogicalConstraint Offer Operator Party"
    " PartyCollection PartyScope Permission Policy Privacy Prohibition Request RightOperand Rule Set Ticket"
    " UndefinedTerm absolutePosition absoluteSize absoluteSpatialPosition absoluteTemporalPosition acceptTracking"
    " action adHocShare aggregate and andSequence annotate anonymize append appendTo archive assignee assigneeOf"
    " assigner assignerOf attachPolicy attachSource attribute attributedParty attributingParty commercialize"
    " compensate compensatedParty compensatingParty concurrentUse conflict consentedParty consentingParty"
    " consequence constraint contractedParty contractingParty copy core count dataType dateTime delayPeriod delete"
    " deliveryChannel derive device digitize display distribute duty elapsedTime ensureExclusivity eq event"
    " execute export extract extractChar extractPage extractWord failure fileFormat function give grantUse gt gteq"
    " hasPart hasPolicy ignore implies include includedIn index industry inform informedParty informingParty"
    " inheritAllowed inheritFrom inheritRelation install invalid isA isAllOf isAnyOf isNoneOf isPartOf language"
    " lease leftOperand lend license lt lteq media meteredTime modify move neq nextPolicy obligation obtainConsent"
    " operand operator or output partOf pay payAmount payeeParty percentage perm permission play policyUsage"
    " present preview print product profile prohibit prohibition proximity purpose read recipient refinement"
    " relation relativePosition relativeSize relativeSpatialPosition relativeTemporalPosition remedy reproduce"
    " resolution reviewPolicy rightOperand rightOperandReference scope secondaryUse sell share shareAlike source"
    " spatial spatialCoordinates status stream support synchronize system systemDevice target textToSpeech"
    " timeInterval timedCount trackedParty trackingParty transfer transform translate uid undefined uninstall unit"
    " unitOfCount use version virtualLocation watermark write writeTo xone",
)
OWL = Vocabulary(
    "http://www.w3.org/2002/07/owl#",
    "AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty AsymmetricProperty Axiom"
    " Class DataRange DatatypeProperty DeprecatedClass DeprecatedProperty FunctionalProperty"
    " InverseFunctionalProperty IrreflexiveProperty NamedIndividual NegativePropertyAssertion Nothing"
    " ObjectProperty Ontology OntologyProperty ReflexiveProperty Restriction SymmetricProperty Thing"
    " TransitiveProperty allValuesFrom annotatedProperty annotatedSource annotatedTarget assertionProperty"
    " backwardCompatibleWith bottomDataProperty bottomObjectProperty cardinality complementOf datatypeComplementOf"
    " deprecated differentFrom disjointUnionOf disjointWith distinctMembers equivalentClass equivalentProperty"
    " hasKey hasSelf hasValue imports incompatibleWith intersectionOf inverseOf maxCardinality"
    " maxQualifiedCardinality members minCardinality minQualifiedCardinality onClass onDataRange onDatatype"
    " onProperties onProperty oneOf priorVersion propertyChainAxiom propertyDisjointWith qualifiedCardinality"
    " rational real sameAs someValuesFrom sourceIndividual targetIndividual targetValue topDataProperty"
    " topObjectProperty unionOf versionIRI versionInfo withRestrictions",
)
PROV = Vocabulary(
    "http://www.w3.org/ns/prov#",
    "Accept Activity ActivityInfluence Agent AgentInfluence Association Attribution Bundle Collection"
    " Communication Contribute Contributor Copyright Create Creator Delegation Derivation Dictionary"
    " DirectQueryService EmptyCollection EmptyDictionary End Entity EntityInfluence Generation Influence Insertion"
    " InstantaneousEvent Invalidation KeyEntityPair Location Modify Organization Person Plan PrimarySource Publish"
    " Publisher Quotation Removal Replace Revision RightsAssignment RightsHolder Role ServiceDescription"
    " SoftwareAgent Start Submit Usage actedOnBehalfOf activity activityOfInfluence agent agentOfInfluence"
    " alternateOf aq asInBundle atLocation atTime category component constraints contributed definition"
    " derivedByInsertionFrom derivedByRemovalFrom describesService dictionary dm editorialNote editorsDefinition"
    " ended endedAtTime entity entityOfInfluence generalizationOf generated generatedAsDerivation generatedAtTime"
    " hadActivity hadDelegate hadDerivation hadDictionaryMember hadGeneration hadInfluence hadMember hadPlan"
    " hadPrimarySource hadRevision hadRole hadUsage has_anchor has_provenance has_query_service influenced"
    " influencer informed insertedKeyEntityPair invalidated invalidatedAtTime inverse locationOf mentionOf n order"
    " pairEntity pairKey pingback provenanceUriTemplate qualifiedAssociation qualifiedAssociationOf"
    " qualifiedAttribution qualifiedAttributionOf qualifiedCommunication qualifiedCommunicationOf"
    " qualifiedDelegation qualifiedDelegationOf qualifiedDerivation qualifiedDerivationOf qualifiedEnd"
    " qualifiedEndOf qualifiedForm qualifiedGeneration qualifiedGenerationOf qualifiedInfluence"
    " qualifiedInfluenceOf qualifiedInsertion qualifiedInvalidation qualifiedInvalidationOf qualifiedPrimarySource"
    " qualifiedQuotation qualifiedQuotationOf qualifiedRemoval qualifiedRevision qualifiedSourceOf qualifiedStart"
    " qualifiedStartOf qualifiedUsage qualifiedUsingActivity quotedAs removedKey revisedEntity"
    " sharesDefinitionWith specializationOf started startedAtTime todo unqualifiedForm used value"
    " wasActivityOfInfluence wasAssociateFor wasAssociatedWith wasAttributedTo wasDerivedFrom wasEndedBy"
    " wasGeneratedBy wasInfluencedBy wasInformedBy wasInvalidatedBy wasMemberOf wasPlanOf wasPrimarySourceOf"
    " wasQuotedFrom wasRevisionOf wasRoleIn wasStartedBy wasUsedBy wasUsedInDerivation",
)
SCHEMA = Vocabulary(
    "http://schema.org/",
    "endDate startDate",
)
SH = Vocabulary(
    "http://www.w3.org/ns/shacl#",
    "AbstractResult AndConstraintComponent AndConstraintComponent-and BlankNode BlankNodeOrIRI BlankNodeOrLiteral"
    " ClassConstraintComponent ClassConstraintComponent-class ClosedConstraintComponent"
    " ClosedConstraintComponent-closed ClosedConstraintComponent-ignoredProperties ConstraintComponent"
    " DatatypeConstraintComponent DatatypeConstraintComponent-datatype DisjointConstraintComponent"
    " DisjointConstraintComponent-disjoint EqualsConstraintComponent EqualsConstraintComponent-equals"
    " ExpressionConstraintComponent ExpressionConstraintComponent-expression Function HasValueConstraintComponent"
    " HasValueConstraintComponent-hasValue IRI IRIOrLiteral InConstraintComponent InConstraintComponent-in Info"
    " JSConstraint JSConstraint-js JSConstraintComponent JSExecutable JSFunction JSLibrary JSRule JSTarget"
    " JSTargetType JSValidator LanguageInConstraintComponent LanguageInConstraintComponent-languageIn"
    " LessThanConstraintComponent LessThanConstraintComponent-lessThan LessThanOrEqualsConstraintComponent"
    " LessThanOrEqualsConstraintComponent-lessThanOrEquals Literal MaxCountConstraintComponent"
    " MaxCountConstraintComponent-maxCount MaxExclusiveConstraintComponent"
    " MaxExclusiveConstraintComponent-maxExclusive MaxInclusiveConstraintComponent"
    " MaxInclusiveConstraintComponent-maxInclusive MaxLengthConstraintComponent"
    " MaxLengthConstraintComponent-maxLength MinCountConstraintComponent MinCountConstraintComponent-minCount"
    " MinExclusiveConstraintComponent MinExclusiveConstraintComponent-minExclusive MinInclusiveConstraintComponent"
    " MinInclusiveConstraintComponent-minInclusive MinLengthConstraintComponent"
    " MinLengthConstraintComponent-minLength NodeConstraintComponent NodeConstraintComponent-node NodeKind"
    " NodeKindConstraintComponent NodeKindConstraintComponent-nodeKind NodeShape NotConstraintComponent"
    " NotConstraintComponent-not OrConstraintComponent OrConstraintComponent-or Parameter Parameterizable"
    " PatternConstraintComponent PatternConstraintComponent-flags PatternConstraintComponent-pattern"
    " PrefixDeclaration PropertyConstraintComponent PropertyConstraintComponent-property PropertyGroup"
    " PropertyShape QualifiedMaxCountConstraintComponent QualifiedMaxCountConstraintComponent-qualifiedMaxCount"
    " QualifiedMaxCountConstraintComponent-qualifiedValueShape"
    " QualifiedMaxCountConstraintComponent-qualifiedValueShapesDisjoint QualifiedMinCountConstraintComponent"
    " QualifiedMinCountConstraintComponent-qualifiedMinCount"
    " QualifiedMinCountConstraintComponent-qualifiedValueShape"
    " QualifiedMinCountConstraintComponent-qualifiedValueShapesDisjoint ResultAnnotation Rule SPARQLAskExecutable"
    " SPARQLAskValidator SPARQLConstraint SPARQLConstraintComponent SPARQLConstraintComponent-sparql"
    " SPARQLConstructExecutable SPARQLExecutable SPARQLFunction SPARQLRule SPARQLSelectExecutable"
    " SPARQLSelectValidator SPARQLTarget SPARQLTargetType SPARQLUpdateExecutable Severity Shape Target TargetType"
    " TripleRule UniqueLangConstraintComponent UniqueLangConstraintComponent-uniqueLang ValidationReport"
    " ValidationResult Validator Violation Warning XoneConstraintComponent XoneConstraintComponent-xone"
    " alternativePath and annotationProperty annotationValue annotationVarName ask class closed condition conforms"
    " construct datatype deactivated declare defaultValue description detail disjoint entailment equals expression"
    " filterShape flags focusNode group hasValue ignoredProperties in intersection inversePath js jsFunctionName"
    " jsLibrary jsLibraryURL labelTemplate languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive"
    " maxLength message minCount minExclusive minInclusive minLength name namespace node nodeKind nodeValidator"
    " nodes not object oneOrMorePath optional or order parameter path pattern predicate prefix prefixes property"
    " propertyValidator qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint"
    " result resultAnnotation resultMessage resultPath resultSeverity returnType rule select severity shapesGraph"
    " shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape sparql subject"
    " suggestedShapesGraph target targetClass targetNode targetObjectsOf targetSubjectsOf this union uniqueLang"
    " update validator value xone zeroOrMorePath zeroOrOnePath",
)
SKOS = Vocabulary(
    "http://www.w3.org/2004/02/skos/core#",
    "Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader broaderTransitive changeNote"
    " closeMatch definition editorialNote exactMatch example hasTopConcept hiddenLabel historyNote inScheme"
    " mappingRelation member memberList narrowMatch narrower narrowerTransitive notation note prefLabel related"
    " relatedMatch scopeNote semanticRelation topConceptOf",
)
SPDX = Vocabulary(
    "http://spdx.org/rdf/terms#",
    "Checksum ChecksumAlgorithm algorithm checksum checksumAlgorithm_sha256 checksumValue",
)
TIME = Vocabulary(
    "http://www.w3.org/2006/time#",
    "Instant Interval ProperInterval hasBeginning hasEnd inXSDDate inXSDDateTime inXSDDateTimeStamp inXSDgYear"
    " inXSDgYearMonth",
)
VCARD = Vocabulary(
    "http://www.w3.org/2006/vcard/ns#",
    "Acquaintance Address Agent BBS Car Cell Child Colleague Contact Coresident Coworker Crush Date Dom Email"
    " Emergency Fax Female Friend Gender Group Home ISDN Individual Internet Intl Kin Kind Label Location Male Me"
    " Met Modem Msg Muse Name Neighbor None Organization Other PCS Pager Parcel Parent Postal Pref RelatedType"
    " Sibling Spouse Sweetheart Tel TelephoneType Text TextPhone Type Unknown VCard Video Voice Work X400"
    " additional-name adr agent anniversary bday category class country-name email extended-address family-name fn"
    " geo given-name hasAdditionalName hasAddress hasCalendarBusy hasCalendarLink hasCalendarRequest hasCategory"
    " hasCountryName hasEmail hasFN hasFamilyName hasFormattedName hasGender hasGeo hasGivenName"
    " hasHonorificPrefix hasHonorificSuffix hasInstantMessage hasKey hasLanguage hasLocality hasLogo hasMember"
    " hasName hasNickname hasNote hasOrganizationName hasOrganizationUnit hasPhoto hasPostalCode hasRegion"
    " hasRelated hasRole hasSound hasSource hasStreetAddress hasTelephone hasTitle hasUID hasURL hasValue"
    " honorific-prefix honorific-suffix key label language latitude locality logo longitude mailer n nickname note"
    " org organization-name organization-unit photo post-office-box postal-code prodid region rev role sort-string"
    " sound street-address tel title tz url value",
)
VOID = Vocabulary(
    "http://rdfs.org/ns/void#",
    "Dataset DatasetDescription Linkset TechnicalFeature class classPartition classes dataDump"
    " distinctObjects distinctSubjects documents entities exampleResource feature inDataset linkPredicate"
    " objectsTarget openSearchDescription properties property propertyPartition rootResource sparqlEndpoint subset"
    " subjectsTarget target triples uriLookupEndpoint uriRegexPattern uriSpace vocabulary",
)

WHOLE = (DCT, DCAT, ADMS, FOAF, VCARD, SKOS, PROV, LOCN, DQV, ODRL, HYDRA, OWL, SH)
"""The vocabularies of which all terms are here, what catalogues use most first: another term does not exist."""

IN_PART = (DCATAP, SPDX, GEO, ELI, RDF, RDFS, XSD)
"""The vocabularies of which only what catalogues use is here; they have more terms."""

CLOSED: dict[str, Vocabulary] = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCT,
    "dqv": DQV,
    "eli": ELI,
    "foaf": FOAF,
    "geo": GEO,
    "hydra": HYDRA,
    "locn": LOCN,
    "odrl": ODRL,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "time": TIME,
    "vcard": VCARD,
    "void": VOID,
    "xsd": XSD,
}
"""Prefix -> vocabulary."""

PREFIXES: dict[str, str] = {
    **{prefix: vocabulary.base for prefix, vocabulary in CLOSED.items()},
    "duv": "http://www.w3.org/ns/duv#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
}
"""Prefix -> namespace, by which findings name properties, classes and datatypes."""


@lru_cache(maxsize=2**12)
def curie(iri: str) -> str:
    """Return dct:title for http://purl.org/dc/terms/title; an IRI of no known vocabulary stays whole."""
    fits = [(len(base), prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fits:
        return iri
    # The longest base wins, for one vocabulary's address may begin with another's.
    _, prefix, base = max(fits)
    return f"{prefix}:{iri.removeprefix(base)}"


def expand(curie: str) -> Iri | None:
    """Return the IRI of dct:title; None when the prefix or the term is of no closed vocabulary."""
    prefix, _, name = curie.partition(":")
    try:
        return CLOSED[prefix][name]
    except (KeyError, AttributeError):
        return None
